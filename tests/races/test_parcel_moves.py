"""Buyer, producer and carrier press at the same moment: one of them is first, stock moves once, the order agrees."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from shop.common import clock
from shop.domain.ordering.cancelling import TooLateToCancel, cancel_order, cancel_parcel
from shop.domain.ordering.deriving import status_from
from shop.domain.ordering.fulfilling import confirm_parcel, decline_parcel, ship_parcel
from shop.domain.parcels.transitions import IllegalTransition
from shop.domain.people.actor import SYSTEM
from shop.domain.stock.counting import StockChanged, set_stock
from shop.domain.stock.models import StockMovement
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories import make_basket, make_listing, make_order, make_producer
from tests.races.buyers import open_forms, press_all, read_form

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Do everything at the same moment, each over a connection of its own; returns results or refusals."""
    start = Barrier(len(acts))

    def do(act):
        start.wait()
        try:
            return act()
        except (IllegalTransition, TooLateToCancel, StockChanged) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def cancel(parcel):
    return lambda: cancel_parcel(parcel_id=parcel.pk, reason="Đặt nhầm", actor=SYSTEM, now=clock.now())


def decline(parcel):
    return lambda: decline_parcel(parcel_id=parcel.pk, reason="Hết hàng", actor=SYSTEM, now=clock.now())


def ship(parcel):
    return lambda: ship_parcel(parcel_id=parcel.pk, carrier="GHN", tracking_number="LK99AQ", actor=SYSTEM, now=clock.now())


def released(listing):
    return StockMovement.objects.filter(stock_record__listing=listing, kind=StockMovement.Kind.RELEASED).count()


def test_a_parcel_cancelled_eight_times_at_once_releases_once():
    tea = make_listing(stock=10)
    parcel = make_order((tea, 3)).parcels.get()

    at_once(*[cancel(parcel)] * 8)

    assert (released(tea), tea.stock_records.get().num_allocated) == (1, 0)


def test_cancel_and_decline_at_once_release_once():
    tea = make_listing(stock=10)
    parcel = make_order((tea, 3)).parcels.get()

    at_once(cancel(parcel), decline(parcel), cancel(parcel), decline(parcel))

    assert (released(tea), tea.stock_records.get().num_allocated) == (1, 0)
    assert Order.objects.get().status == Order.Status.CANCELLED


def test_cancel_and_ship_at_once_have_one_winner():
    tea = make_listing(stock=10)
    parcel = make_order((tea, 3)).parcels.get()
    confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now())

    at_once(cancel(parcel), ship(parcel))

    parcel.refresh_from_db()
    record = tea.stock_records.get()
    on_hand = {"shipped": 7, "cancelled": 10}[parcel.status]
    assert (record.num_in_stock, record.num_allocated) == (on_hand, 0)
    assert broken_invariants() == []


def test_parcels_of_one_order_moved_at_once_leave_the_status_they_imply():
    listings = [make_listing(title, producer=make_producer(title)) for title in ("Chè", "Mật ong", "Gạo", "Miến")]
    order = make_order(*((listing, 1) for listing in listings))
    first, second, third, fourth = order.parcels.order_by("pk")

    at_once(
        cancel(first),
        decline(second),
        lambda: confirm_parcel(parcel_id=third.pk, actor=SYSTEM, now=clock.now()),
        lambda: cancel_order(order_id=order.pk, reason="", actor=SYSTEM, now=clock.now()),
        cancel(fourth),
    )

    order.refresh_from_db()
    statuses = list(order.parcels.values_list("status", flat=True))
    payment = order.payments.get()
    assert order.status == status_from(statuses=statuses, payment_status=payment.status, present=order.status)
    assert broken_invariants() == []


def test_baskets_of_hot_products_in_any_order_never_deadlock(live_stack):
    address = live_stack(processes=4)
    hot = [make_listing(f"Chè {number}", stock=20) for number in range(6)]
    shuffle = random.Random(26)  # noqa: S311 -- the same baskets every time
    baskets = [make_basket(*((listing, 1) for listing in shuffle.sample(hot, 3))) for _ in range(60)]
    forms = [read_form(basket, phone=f"09{13_000_000 + number}") for number, basket in enumerate(baskets)]

    answers = press_all(address, forms, at_once=30)

    assert {answer.status for answer in answers} <= {303, 409}
    assert [answer.status for answer in answers].count(303) == Order.objects.count()
    assert broken_invariants() == []


def test_a_shelf_counted_while_eight_buy_loses_no_sale(live_stack):
    address = live_stack(processes=4)
    tea = make_listing(stock=10)
    record, forms = tea.stock_records.get(), open_forms(tea, buyers=8)

    def count():
        set_stock(stock_record_id=record.pk, on_hand=12, expected_on_hand=10, actor=SYSTEM, now=clock.now())

    answers, _ = at_once(lambda: press_all(address, forms, at_once=8), count)

    record.refresh_from_db()
    assert [answer.status for answer in answers] == [303] * 8
    assert (record.num_in_stock, record.num_allocated) == (12, 8)
