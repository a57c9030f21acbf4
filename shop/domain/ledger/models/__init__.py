"""The books, the frozen splits, the rates they are frozen from, and the last looks at all of it."""

from .audits import MoneyAudit
from .books import Account, Entry, Transaction
from .rates import CommissionRule, TaxRate, VatChange
from .splits import CommissionShare, ParcelSplit

__all__ = [
    "Account",
    "CommissionRule",
    "CommissionShare",
    "Entry",
    "MoneyAudit",
    "ParcelSplit",
    "TaxRate",
    "Transaction",
    "VatChange",
]
