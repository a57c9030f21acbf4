"""The carrier brings the cash it collected to the bank; what it still holds is the balance of its account."""

from datetime import datetime

from django.db import transaction

from shop.domain.audit_log.models import AuditEntry
from shop.domain.audit_log.recording import Subject, record
from shop.domain.ledger import accounts, postings
from shop.domain.ledger.accounts import ensure_accounts
from shop.domain.ledger.models import Account
from shop.domain.ledger.posting import balance_of
from shop.domain.people.actor import Actor

ACTION = "cash.handed_in"


class MoreThanHeld(Exception):
    """The carrier cannot bring more than it holds; `held_vnd` is what that is."""

    def __init__(self, held_vnd: int) -> None:
        self.held_vnd = held_vnd
        super().__init__(held_vnd)


class TakenBefore(Exception):
    """This slip of the carrier was entered already."""


def held_by_carrier() -> int:
    """Return the cash in the carrier's hands."""
    return balance_of(accounts.COD_CARRIER)


@transaction.atomic
def take_hand_in(*, amount_vnd: int, slip: str, actor: Actor, now: datetime) -> AuditEntry:
    """Book cash that reached the bank, under the slip it came with. Raises MoreThanHeld, TakenBefore."""
    ensure_accounts(codes=[accounts.COD_CARRIER])
    # One hand-in after the other: two of them never bring the same money.
    Account.objects.select_for_update(no_key=True).get(pk=accounts.COD_CARRIER)
    if AuditEntry.objects.filter(action=ACTION, object_id=slip.strip()).exists():
        raise TakenBefore(slip)
    held_vnd = held_by_carrier()
    if not 0 < amount_vnd <= held_vnd:
        raise MoreThanHeld(held_vnd)
    entry = record(
        actor=actor,
        action=ACTION,
        subject=Subject("cash", slip.strip(), label=slip.strip()),
        now=now,
        new={"amount_vnd": amount_vnd},
    )
    postings.hand_in_cash(hand_in_id=entry.pk, amount_vnd=amount_vnd, now=now)
    return entry
