"""The goods of an order once more, by its link: what there is goes into the basket, the rest is named."""

import pytest

from shop.common import clock
from shop.domain.ordering.expiring import expire_due_orders
from shop.domain.ordering.links import tracking_token
from shop.oscar_forks.basket.models import Basket
from shop.oscar_forks.order.models import Order
from shop.oscar_forks.partner.models import StockRecord
from tests.factories import make_listing, make_user
from tests.factories.logins import log_in
from tests.factories.payments import HOLD, make_prepaid_order, offer_prepaid

pytestmark = pytest.mark.django_db


@pytest.fixture
def expired(monkeypatch):
    """Tea, whose price moved since; honey, which is sold out; an order nobody paid."""
    offer_prepaid(monkeypatch)
    tea, honey = make_listing("Chè", stock=9, price_vnd=100_000), make_listing("Mật ong", stock=9)
    order = make_prepaid_order((tea, 2), (honey, 1))
    expire_due_orders(now=clock.now() + 2 * HOLD)
    StockRecord.objects.filter(product=tea.product).update(price=120_000)
    StockRecord.objects.filter(product=honey.product).update(num_in_stock=0)
    return Order.objects.get(pk=order.pk)


def link(order, rest="", language=""):
    return f"{language}/don-hang/{order.number}/{tracking_token(order)}/{rest}"


def test_an_expired_order_leads_a_guest_to_the_same_goods(client, expired):
    assert expired.status == "expired"
    assert link(expired, "mua-lai/") in client.get(link(expired)).content.decode()

    page = client.get(link(expired, "mua-lai/")).content.decode()
    assert ("Giá đã đổi: 100.000" in page, "Không mua lại được" in page, Basket.objects.filter(status="Open").count()) == (
        True,
        True,
        0,
    )
    done = [client.post(link(expired, "mua-lai/")) for _ in range(2)]

    assert [response.status_code for response in done] == [303, 303]
    assert "Đang trong giỏ hàng của bạn" in client.get(done[0].url).content.decode()
    assert [line.quantity for line in Basket.objects.get(status="Open").lines.all()] == [2]
    basket = client.get("/gio-hang/").content.decode()
    assert ("Chè" in basket, "Mật ong" in basket) == (True, False)


def test_it_goes_into_the_basket_of_whoever_is_signed_in(client, expired):
    buyer = make_user()
    log_in(client, buyer)

    client.post(link(expired, "mua-lai/"))

    assert Basket.objects.get(owner=buyer, status="Open").lines.count() == 1


def test_an_order_that_waits_for_its_money_is_not_offered_again_and_a_wrong_link_opens_nothing(client, monkeypatch):
    offer_prepaid(monkeypatch)
    order = make_prepaid_order((make_listing(), 1))

    assert "mua-lai" not in client.get(link(order)).content.decode()
    assert client.post(f"/don-hang/{order.number}/{'a' * 32}/mua-lai/").status_code == 404


def test_buying_again_in_english(client, expired):
    page = client.get(link(expired, "mua-lai/", "/en")).content.decode()

    assert f"Order {expired.number} again" in page
    assert "The time to pay is over" in client.get(link(expired, "", "/en")).content.decode()
