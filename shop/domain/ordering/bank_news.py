"""What the bank reports, done: each movement is a transfer that finds its order, or waits on the work list."""

from datetime import datetime

from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.models import BankTransfer, MoneyAlert, WebhookEvent

from .transfers import Arrival, take_transfer


def hear(event: WebhookEvent, now: datetime) -> bool:
    """Take the movement of a report; its payload was read and checked when it came (`payments.bank_feed`)."""
    told = event.payload
    arrival = Arrival(told["id"], told["amount"], told["memo"], datetime.fromisoformat(told["booked_at"]))
    transfer = take_transfer(arrival=arrival, source=BankTransfer.Source.FEED, now=now)
    if transfer.amount_vnd != arrival.amount_vnd:
        _tell_of_two_amounts(transfer, arrival.amount_vnd, now)
    # What the payer wrote is kept once, with the transfer.
    WebhookEvent.objects.filter(pk=event.pk).update(payload=told | {"memo": ""})
    return True


def _tell_of_two_amounts(transfer: BankTransfer, told_vnd: int, now: datetime) -> None:
    """The statement said something else of the same movement: the first amount stands until a person looked."""
    kind = MoneyAlert.Kind.WRONG_AMOUNT
    raise_alert(
        key=f"transfer:{transfer.pk}:{kind}",
        kind=kind,
        payment=transfer.payment,
        amount_vnd=transfer.amount_vnd,
        now=now,
        bank_reference=transfer.bank_reference,
        told_vnd=told_vnd,
    )
