"""Where a buyer's money is sent when it came in cash or by transfer: an officer sends it from the bank."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shop.domain.audit_log.recording import Subject, record
from shop.domain.payments.models import Refund
from shop.domain.payouts.banks import BANKS, bank_name
from shop.domain.payouts.declaring import NotAHolder, NotANumber, UnknownBank, read_holder, read_number
from shop.domain.people.actor import Actor
from shop.domain.returns.models import RefundAccount
from shop.oscar_forks.order.models import Order

from .locking import lock_order

__all__ = ["NotAHolder", "NotANumber", "UnknownBank"]  # raised here, declared where producers' accounts are read

# What no provider gives back by itself.
SENT_BY_HAND = frozenset({"cod", "vietqr"})


@dataclass(frozen=True)
class Whereto:
    """What the form asks for."""

    bank_bin: str
    account_number: str
    holder: str


@dataclass(frozen=True)
class KnownAccount:
    """What a buyer told, with the bank's name."""

    bank: str
    account_number: str
    holder: str

    @property
    def ending(self) -> str:
        """The last digits, which are enough to know it again."""
        return self.account_number[-4:]


@transaction.atomic
def declare_refund_account(*, order_id: int, whereto: Whereto, actor: Actor, now: datetime) -> RefundAccount:
    """Keep the account, in place of one that was told before. Raises UnknownBank, NotANumber, NotAHolder."""
    if whereto.bank_bin not in BANKS:
        raise UnknownBank(whereto.bank_bin)
    order, _ = lock_order(order_id=order_id)
    account, _is_new = RefundAccount.objects.update_or_create(
        order=order,
        defaults={
            "bank_bin": whereto.bank_bin,
            "account_number": read_number(whereto.account_number),
            "holder": read_holder(whereto.holder),
            "declared_at": now,
        },
    )
    shown = {"bank": account.bank_bin, "last_digits": account.account_number[-4:]}
    subject = Subject("order", order.pk, label=order.number)
    record(actor=actor, action="refund.account_declared", subject=subject, now=now, new=shown)
    return account


def wants_account(*, order: Order) -> bool:
    """Whether money of this order goes back by a transfer that somebody makes by hand, and has not gone back yet."""
    if order.payment_method in SENT_BY_HAND:
        return True
    return Refund.objects.filter(order=order, status=Refund.Status.MANUAL).exists()


def account_of_order(*, order_id: int) -> KnownAccount | None:
    """Where the buyer wants the money; None until they say so."""
    account = RefundAccount.objects.filter(order=order_id).first()
    return KnownAccount(bank_name(account.bank_bin), account.account_number, account.holder) if account else None
