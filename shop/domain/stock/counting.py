"""A producer counts the shelf: the new number names the old one, so that no sale in between is lost."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from shop.domain.audit_log.recording import Subject, record
from shop.domain.people.actor import Actor
from shop.oscar_forks.partner.models import StockRecord

from .models import StockMovement
from .showing import show_stock_anew


class StockChanged(Exception):
    """The shelf is no longer what the form was made from; `on_hand` is what it is now."""

    def __init__(self, on_hand: int) -> None:
        self.on_hand = on_hand
        super().__init__(on_hand)


class LessThanAllocated(Exception):
    """Fewer units than are already promised to buyers; `allocated` is the least that can be counted."""

    def __init__(self, allocated: int) -> None:
        self.allocated = allocated
        super().__init__(allocated)


@transaction.atomic
def set_stock(*, stock_record_id: int, on_hand: int, expected_on_hand: int, actor: Actor, now: datetime) -> None:
    """Write the counted number if the shelf still holds `expected_on_hand`; promised units count as on hand."""
    changed = StockRecord.objects.filter(pk=stock_record_id, num_in_stock=expected_on_hand, num_allocated__lte=on_hand).update(
        num_in_stock=on_hand, date_updated=now
    )
    if not changed:
        _explain_refusal(stock_record_id, expected_on_hand)
    show_stock_anew({stock_record_id: on_hand - expected_on_hand}, is_counted=True)
    _write_movement(stock_record_id, StockMovement.Kind.COUNTED, on_hand - expected_on_hand, actor, now)
    record(
        actor=actor,
        action="stock.counted",
        subject=_subject_of(stock_record_id),
        now=now,
        old={"on_hand": expected_on_hand},
        new={"on_hand": on_hand},
    )


@transaction.atomic
def restock(*, stock_record_id: int, quantity: int, actor: Actor, now: datetime) -> None:
    """Put units that came back, or came new, on the shelf."""
    StockRecord.objects.filter(pk=stock_record_id).update(num_in_stock=F("num_in_stock") + quantity, date_updated=now)
    show_stock_anew({stock_record_id: quantity})
    _write_movement(stock_record_id, StockMovement.Kind.RESTOCKED, quantity, actor, now)


def _subject_of(stock_record_id: int) -> Subject:
    stock = StockRecord.objects.select_related("partner__profile").get(pk=stock_record_id)
    profile = getattr(stock.partner, "profile", None)
    return Subject(
        "stock",
        stock.pk,
        stock.partner_sku,
        province_code=(profile.province_id or "") if profile else "",
        commune_code=(profile.commune_id or "") if profile else "",
        producer_id=stock.partner_id,
    )


def _explain_refusal(stock_record_id: int, expected_on_hand: int) -> None:
    record = StockRecord.objects.get(pk=stock_record_id)
    if record.num_in_stock != expected_on_hand:
        raise StockChanged(record.num_in_stock)
    raise LessThanAllocated(record.num_allocated)


def _write_movement(stock_record_id: int, kind: str, change: int, actor: Actor, now: datetime) -> None:
    StockMovement.objects.create(
        stock_record_id=stock_record_id, kind=kind, on_hand_change=change, actor_id=actor.user_id, at=now
    )
