"""The order on paper: for the link's holder only, with the money as it is."""

import pytest
from django.urls import reverse

from shop.common.money import format_vnd
from shop.domain.ordering.links import tracking_token
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment
from tests.factories import make_listing, make_order, make_producer

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    return make_order((make_listing(price_vnd=185_000), 2), (make_listing("Mật ong", producer=make_producer("Trại ong")), 1))


def paper(client, order, language=""):
    path = reverse("storefront:order_receipt", args=[order.number, tracking_token(order)])
    return client.get(f"{language}{path}")


def test_an_order_that_is_not_paid_is_an_order(client, order):
    answer = paper(client, order)
    page = answer.content.decode()

    assert "Phiếu đặt hàng" in page
    assert format_vnd(order.total_incl_tax, "vi") in page
    assert "Trại ong" in page
    assert "0912345678" not in page.replace(" ", "")
    assert answer["Cache-Control"] == "no-store"


def test_a_paid_one_is_a_receipt_in_both_languages(client, order):
    Payment.objects.filter(order=order).update(captured_vnd=order.total_incl_tax, status="succeeded")

    assert "Biên nhận" in paper(client, order).content.decode()
    assert "Receipt" in paper(client, order, "/en").content.decode()


def test_what_was_called_off_is_not_asked_for(client, order):
    first, second = order.parcels.order_by("pk")
    Parcel.objects.filter(pk=second.pk).update(status="declined")

    page = paper(client, order).content.decode()

    assert second.number not in page
    assert format_vnd(first.total_vnd, "vi") in page
    Parcel.objects.filter(pk=first.pk).update(status="cancelled")
    assert "đã bị huỷ hoặc từ chối" in paper(client, order).content.decode()


def test_a_wrong_link_opens_no_paper(client, order):
    path = reverse("storefront:order_receipt", args=[order.number, "x" * 22])

    assert client.get(path).status_code == 404
