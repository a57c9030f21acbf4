"""The shop with one guard taken out: what the machine must find."""

from django.db.models import F

from shop.domain.ordering import basket_reading, cancelling, merging, placing
from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel
from shop.domain.stock import allocating
from shop.oscar_forks.partner.models import StockRecord

from . import fulfilling

P = Parcel.Status


def stock_is_promised_unseen(monkeypatch):
    def reserve(stock_record_id, quantity):
        return bool(StockRecord.objects.filter(pk=stock_record_id).update(num_allocated=F("num_allocated") + quantity))

    monkeypatch.setattr(allocating, "_reserve_units", reserve)


def a_dropped_parcel_keeps_its_stock(monkeypatch):
    monkeypatch.setattr(transitions, "release_stock", lambda **_: None)


def the_price_on_the_page_is_forgotten(monkeypatch):
    check = placing._check_order
    monkeypatch.setattr(
        placing, "_check_order", lambda preview, _, provider, request: check(preview, preview.hash, provider, request)
    )


def certificates_are_not_asked(monkeypatch):
    monkeypatch.setattr(basket_reading, "refusal_of", lambda *_, **__: None)


def logging_in_loses_units(monkeypatch):
    monkeypatch.setattr(merging, "MOST_UNITS_PER_LINE", 1)


def half_a_cancellation_stays(monkeypatch):
    monkeypatch.setitem(fulfilling.MOVES, "cancel", (cancelling.cancel_parcel.__wrapped__, {"reason": "Đổi ý"}))


def what_is_cancelled_may_be_sent(monkeypatch):
    monkeypatch.setattr(transitions, "ALLOWED", {**transitions.ALLOWED, P.CANCELLED: frozenset({P.PACKING})})


def nobody_is_told(monkeypatch):
    monkeypatch.setattr(cancelling, "tell_parcel_moved", lambda **_: None)


ALL = (
    stock_is_promised_unseen,
    a_dropped_parcel_keeps_its_stock,
    the_price_on_the_page_is_forgotten,
    certificates_are_not_asked,
    logging_in_loses_units,
    half_a_cancellation_stays,
    what_is_cancelled_may_be_sent,
    nobody_is_told,
)
