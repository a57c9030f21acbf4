"""Guests' orders come to whoever proved the contact; see tests/access/test_arrivals.py for the proof itself."""

import pytest

from shop.domain.ordering.adopting import adopt_guest_orders
from tests.factories import make_listing, make_order, make_user

pytestmark = pytest.mark.django_db


def test_orders_come_by_either_contact_and_only_once():
    person = make_user()
    listing = make_listing()
    by_mail = make_order((listing, 1), buyer_email="Chau@Example.vn", buyer_phone="+84987654321")
    by_phone = make_order((listing, 1), buyer_email="khac@example.vn", buyer_phone="+84912345678")

    counts = [adopt_guest_orders(user_id=person.pk, emails=["chau@example.vn"], phones=["+84912345678"]) for _ in range(2)]

    assert counts == [2, 0]
    assert set(person.orders.all()) == {by_mail, by_phone}


def test_no_contact_brings_nothing():
    order = make_order((make_listing(), 1), buyer_email="")

    assert adopt_guest_orders(user_id=make_user().pk, emails=[], phones=[]) == 0
    order.refresh_from_db()
    assert order.user is None


def test_an_accounts_order_stays_where_it_is():
    owner = make_user()
    make_order((make_listing(), 1), owner=owner)

    assert adopt_guest_orders(user_id=make_user().pk, emails=["chau@example.vn"], phones=["+84912345678"]) == 0
    assert owner.orders.count() == 1
