"""«Order» is pressed in one tab and «erase» in another: the order is there and the erasure waits, or there is no order."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from types import SimpleNamespace

import pytest
from django.db import connections

from shop.common import clock
from shop.domain.ordering import placing
from shop.domain.ordering.previewing import preview_order
from shop.domain.people.actor import SYSTEM
from shop.domain.people.erased import is_erased
from shop.domain.people.models import User
from shop.domain.personal_data import erasing
from shop.domain.personal_data.models import ErasureRequest
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories import make_basket, make_listing, make_request, make_user

pytestmark = pytest.mark.django_db(transaction=True)

# How long the erasure lets an order slip in; an order that keeps to the rules waits for it, and comes after.
SLIP_SECONDS = 3


def press(user, basket):
    """Place the order of a form that is open; False when it was refused."""
    request = make_request(user_id=user.pk)
    preview = preview_order(basket_id=basket.pk, commune_code=request.commune_code, services={}, today=clock.today())
    try:
        with suppress(placing.AccountClosed, placing.BasketClosed):
            placing.place_order(
                attempt_key=uuid.uuid4(), basket_id=basket.pk, request=request, preview_hash=preview.hash, now=clock.now()
            )
            return True
        return False
    finally:
        connections.close_all()


def erase(user):
    try:
        return erasing.erase_account(user_id=user.pk, actor=SYSTEM, now=clock.now()).state
    finally:
        connections.close_all()


def race_in_the_gap(monkeypatch, user, basket):
    """The button is pressed after the erasure has looked for open orders and before it forgets."""
    looked, ordered = Event(), Event()
    forget = erasing.erase_places

    def wait_then_forget(**words):
        looked.set()
        ordered.wait(SLIP_SECONDS)
        forget(**words)

    def press_when_looked():
        looked.wait()
        try:
            return press(user, basket)
        finally:
            ordered.set()

    monkeypatch.setattr(erasing, "erase_places", wait_then_forget)
    with ThreadPoolExecutor(2) as pool:
        pressed, erased = pool.submit(press_when_looked), pool.submit(erase, user)
        return pressed.result(), erased.result()


def is_split(user):
    """An erased person's order that still says who bought it, or that was placed afterwards."""
    user.refresh_from_db()
    return is_erased(user) and Order.objects.filter(user=user).exists()


def test_an_order_pressed_while_the_person_is_forgotten_is_refused(monkeypatch):
    user = make_user()
    tea = make_listing(stock=5)
    basket = make_basket((tea, 1), owner=user)

    was_ordered, state = race_in_the_gap(monkeypatch, user, basket)

    assert (was_ordered, state) == (False, ErasureRequest.State.DONE)
    assert not is_split(user)
    assert tea.stock_records.get().num_allocated == 0
    assert broken_invariants() == []


def test_without_gate_and_lock_an_erased_person_has_an_order(monkeypatch):
    """The gate alone taken out, the account's row lock would still make the two wait for each other in a circle."""
    user = make_user()
    basket = make_basket((make_listing(stock=5), 1), owner=user)
    unlocked = SimpleNamespace(objects=SimpleNamespace(select_for_update=lambda: User.objects))
    monkeypatch.setattr(placing, "_stay_with_account", lambda _user_id: None)
    monkeypatch.setattr(erasing, "User", unlocked)

    was_ordered, state = race_in_the_gap(monkeypatch, user, basket)

    assert (was_ordered, state) == (True, ErasureRequest.State.DONE)
    assert is_split(user)


def test_ten_people_who_do_both_at_once_are_never_split():
    tea = make_listing(stock=50)
    people = [make_user() for _ in range(10)]
    baskets = [make_basket((tea, 1), owner=user) for user in people]

    with ThreadPoolExecutor(20) as pool:
        presses = [pool.submit(press, user, basket) for user, basket in zip(people, baskets, strict=True)]
        erasures = [pool.submit(erase, user) for user in people]
        results = [(pressed.result(), erased.result()) for pressed, erased in zip(presses, erasures, strict=True)]

    assert set(results) <= {(True, ErasureRequest.State.WAITING), (False, ErasureRequest.State.DONE)}
    assert not any(is_split(user) for user in people)
    assert broken_invariants() == []


def test_a_person_who_presses_erase_five_times_is_erased_once():
    user = make_user()
    with ThreadPoolExecutor(5) as pool:
        states = list(pool.map(erase, [user] * 5))

    assert set(states) == {ErasureRequest.State.DONE}
    assert ErasureRequest.objects.count() == 1
