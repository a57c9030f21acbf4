from .bank_account import BankAccount
from .batch import PayoutBatch
from .payout import OPEN_STATUSES, Payout

__all__ = ["OPEN_STATUSES", "BankAccount", "Payout", "PayoutBatch"]
