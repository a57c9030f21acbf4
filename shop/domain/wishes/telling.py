"""Telling those who wait, once each: the message and the end of the waiting are one transaction."""

from datetime import datetime

from django.db import transaction

from shop.domain.consents.models import Purpose
from shop.domain.consents.recording import is_allowed, person

from .letters import post_notice
from .models import StockNotice
from .purchasable_again import purchasable_again

S = StockNotice.State
BATCH = 50


def tell_waiting(*, now: datetime) -> int:
    """Tell everybody whose product can be bought again; returns how many. Killed at any point, it goes on next time."""
    told = 0
    while True:
        batch = _tell_batch(now)
        told += batch
        if batch < BATCH:
            return told


@transaction.atomic
def _tell_batch(now: datetime) -> int:
    # SKIP LOCKED: two sweeps at once share the work; what one has locked, the other leaves alone.
    waiting = (
        StockNotice.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("user")
        .filter(purchasable_again(today=now.date()), state=S.WAITING)
        .order_by("pk")[:BATCH]
    )
    notices = list(waiting)
    for notice in notices:
        _tell(notice, now)
    return len(notices)


def _tell(notice: StockNotice, now: datetime) -> None:
    if _may_be_told(notice) and post_notice(notice=notice, now=now):
        notice.state, notice.told_at = S.TOLD, now
    else:
        notice.state, notice.cancelled_at = S.CANCELLED, now
    # The outbox has the recipient now; here the address has done its work.
    notice.email = notice.phone = ""
    notice.save(update_fields=["state", "told_at", "cancelled_at", "email", "phone"])


def _may_be_told(notice: StockNotice) -> bool:
    """An account may have taken its consent back meanwhile, or be closed; a guest's request is the consent itself."""
    if notice.user is None:
        return True
    return notice.user.is_active and is_allowed(subject=person(notice.user.pk), purpose=Purpose.BACK_IN_STOCK)
