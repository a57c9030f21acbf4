"""The shop with one guard taken out: what the machine must find.

Guards against two at once are not among them: here only one acts at a time, and tests/races takes those out.
"""

from contextlib import nullcontext
from itertools import count

from shop.domain.ordering import basket_reading, booking, cancelling, paying, placing, transfers
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


def a_second_payment_is_kept(monkeypatch):
    monkeypatch.setattr(paying, "_was_paid_before", lambda *_: False)


def any_amount_pays(monkeypatch):
    monkeypatch.setattr(paying, "_is_right_money", lambda *_: True)


def late_money_is_kept(monkeypatch):
    monkeypatch.setattr(paying, "refund_rest", lambda **_: None)


def a_transfer_counts_as_often_as_it_is_told(monkeypatch):
    told = count()
    take = transfers.BankTransfer.objects.get_or_create
    monkeypatch.setattr(
        transfers.BankTransfer.objects,
        "get_or_create",
        lambda *, bank_reference, defaults: take(bank_reference=f"{bank_reference}-{next(told)}", defaults=defaults),
    )


def what_was_sent_back_is_counted_as_here(monkeypatch):
    monkeypatch.setattr(booking, "book_refund_paid", lambda **_: None)


# The cheapest to find first: `make test` seeks that one, `ORDER_MACHINE_STEPS=…` all.
OF_MONEY = (
    a_transfer_counts_as_often_as_it_is_told,
    any_amount_pays,
    what_was_sent_back_is_counted_as_here,
    a_second_payment_is_kept,
    late_money_is_kept,
)
ALL = (
    a_dropped_parcel_keeps_its_stock,
    certificates_are_not_asked,
    half_an_order_stays,
    what_is_cancelled_may_be_sent,
    nobody_is_told,
)
