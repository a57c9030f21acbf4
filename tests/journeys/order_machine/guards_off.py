"""The shop with one guard taken out: what the machine must find.

Guards against two at once are not among them: here only one acts at a time, and tests/races takes those out.
"""

from contextlib import nullcontext

from shop.domain.ordering import basket_reading, cancelling, placing
from shop.domain.parcels import transitions
from shop.domain.parcels.models import Parcel

P = Parcel.Status


def a_dropped_parcel_keeps_its_stock(monkeypatch):
    monkeypatch.setattr(transitions, "release_stock", lambda **_: None)


def certificates_are_not_asked(monkeypatch):
    monkeypatch.setattr(basket_reading, "refusal_of", lambda *_, **__: None)


def half_an_order_stays(monkeypatch):
    monkeypatch.setattr(placing, "busy_instead_of_waiting", nullcontext)


def what_is_cancelled_may_be_sent(monkeypatch):
    monkeypatch.setattr(transitions, "ALLOWED", {**transitions.ALLOWED, P.CANCELLED: frozenset({P.PACKING})})


def nobody_is_told(monkeypatch):
    monkeypatch.setattr(cancelling, "tell_parcel_moved", lambda **_: None)


ALL = (
    a_dropped_parcel_keeps_its_stock,
    certificates_are_not_asked,
    half_an_order_stays,
    what_is_cancelled_may_be_sent,
    nobody_is_told,
)
