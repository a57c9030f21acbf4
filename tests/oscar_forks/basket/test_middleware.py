import pytest
from django.conf import settings
from django.core.signing import Signer

from shop.oscar_forks.basket.models import Basket
from tests.factories import make_basket, make_listing, make_user
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db

COOKIE = settings.OSCAR_BASKET_COOKIE_OPEN


def test_a_forged_cookie_opens_nobodys_basket(client):
    basket = make_basket((make_listing(), 2))
    client.cookies[COOKIE] = f"{basket.pk}:forged"

    response = client.get("/gio-hang/")

    assert "Giỏ hàng đang trống" in response.content.decode()
    assert response.cookies[COOKIE]["max-age"] == 0


def test_a_cookie_of_an_accounts_basket_opens_nothing(client):
    basket = make_basket((make_listing(), 2), owner=make_user())
    client.cookies[COOKIE] = Signer().sign(basket.pk)

    assert "Giỏ hàng đang trống" in client.get("/gio-hang/").content.decode()


def test_the_cookie_is_gone_after_logging_in(client):
    guest, buyer = make_basket((make_listing(), 2)), make_user()
    client.cookies[COOKIE] = Signer().sign(guest.pk)
    log_in(client, buyer)

    response = client.get("/gio-hang/")

    assert response.cookies[COOKIE]["max-age"] == 0
    assert Basket.open.get(owner=buyer).lines.get().quantity == 2
    assert Basket.objects.get(pk=guest.pk).status == Basket.MERGED
