"""Attempts to pay, money on its way back, what providers and banks told us, and what needs a person's eye."""

from .bank_transfer import BankTransfer
from .inbox import WebhookEvent
from .money_alert import MoneyAlert
from .payment import Payment
from .refund import SECOND_PERSON_ABOVE_VND, Refund

__all__ = ["SECOND_PERSON_ABOVE_VND", "BankTransfer", "MoneyAlert", "Payment", "Refund", "WebhookEvent"]
