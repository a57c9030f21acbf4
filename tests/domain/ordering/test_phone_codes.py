import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache

from shop.common import clock
from shop.domain.ordering.phone_codes import is_first_order, is_right_code, phone_code
from shop.domain.ordering.placing import place_order
from shop.domain.ordering.previewing import preview_order
from shop.domain.payments.provider import PaymentRefusal, PaymentRefused
from shop.oscar_forks.order.models import Order
from tests.factories import make_basket, make_listing, make_order, make_request, make_user
from tests.factories.ordering import BUYER_PHONE

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture(autouse=True)
def nobody_tried():
    cache.clear()


def place(basket, **changes):
    now = clock.now()
    request = make_request(**changes)
    shown = preview_order(basket_id=basket.pk, commune_code=request.commune_code, today=now.date())
    return place_order(attempt_key=uuid.uuid4(), basket_id=basket.pk, request=request, preview_hash=shown.hash, now=now)


def is_right(code, *, basket_id=1, phone=BUYER_PHONE, now=NOW):
    return is_right_code(basket_id=basket_id, phone=phone, code=code, now=now)


def test_a_code_is_good_for_its_basket_and_phone_and_ends():
    code = phone_code(basket_id=1, phone=BUYER_PHONE, now=NOW)

    assert len(code) == 6
    assert is_right(f"{code[:3]} {code[3:]}")
    assert is_right(code, now=NOW + timedelta(minutes=15))
    assert not is_right(code, now=NOW + timedelta(minutes=30))
    assert not is_right(code, basket_id=2)
    assert not is_right(code, phone="+84987654321")
    assert not is_right("")


def test_five_wrong_tries_shut_even_the_right_code():
    code = phone_code(basket_id=1, phone=BUYER_PHONE, now=NOW)
    wrong = str((int(code) + 1) % 10**6).zfill(6)

    for _ in range(4):
        is_right(wrong)
    before = is_right(code)
    is_right(wrong)

    assert (before, is_right(code)) == (True, False)


def large_basket():
    return make_basket((make_listing(price_vnd=2_100_000, stock=10), 1))


def test_a_large_first_order_in_cash_wants_a_code():
    basket = large_basket()

    with pytest.raises(PaymentRefused) as refused:
        place(basket)

    code = phone_code(basket_id=basket.pk, phone=BUYER_PHONE, now=clock.now())
    assert refused.value.refusal == PaymentRefusal.PHONE_UNCONFIRMED
    assert place(basket, phone_code=code).is_new


def test_a_small_order_or_one_of_a_known_phone_wants_none():
    first = make_order((make_listing(), 1))
    Order.objects.filter(pk=first.pk).update(status=Order.Status.IN_FULFILMENT)

    assert not is_first_order(phone=BUYER_PHONE)
    assert place(large_basket()).is_new


def test_an_order_nobody_took_on_makes_no_phone_known():
    make_order((make_listing(), 1))

    assert is_first_order(phone=BUYER_PHONE)


def test_an_account_that_confirmed_this_phone_wants_none():
    buyer = make_user(phone=BUYER_PHONE, phone_verified=True)

    assert place(large_basket(), user_id=buyer.pk).is_new
