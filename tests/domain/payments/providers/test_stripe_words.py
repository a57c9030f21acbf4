"""Stripe is told an order's number and amount, in the buyer's language, and nothing of who buys what."""

import pytest

from shop.common import clock
from shop.domain.ordering.links import pay_page
from shop.domain.payments.models import Payment
from shop.domain.payments.providers.stripe_words import session_words
from shop.oscar_forks.order.models import Order


@pytest.mark.parametrize(
    ("language", "locale", "name"), [("vi", "vi", "Đơn hàng OC-1"), ("en", "en", "Order OC-1"), ("fr", "en", "Đơn hàng OC-1")]
)
def test_a_session_is_asked_for_in_the_buyer_s_language(language, locale, name):
    order, ends_at = Order(number="OC-1", language=language, link_seed="x"), clock.now()
    named = {"payment_id": "7", "order_number": "OC-1"}

    words = session_words(payment=Payment(pk=7, order=order, amount_vnd=70_000), ends_at=ends_at)

    (line,) = words.pop("line_items")
    assert line == {
        "quantity": 1,
        "price_data": {"currency": "vnd", "unit_amount": 70_000, "product_data": {"name": name}},
    }
    assert words == {
        "mode": "payment",
        "payment_method_types": ["card"],
        "client_reference_id": "OC-1",
        "locale": locale,
        "success_url": f"{pay_page(order)}?xong",
        "cancel_url": pay_page(order),
        "expires_at": int(ends_at.timestamp()),
        "metadata": named,
        "payment_intent_data": {"metadata": named, "description": name},
    }
