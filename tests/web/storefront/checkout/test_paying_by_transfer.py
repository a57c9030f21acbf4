"""The page on which an order waits for its transfer."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.ordering.cancelling import cancel_parcel
from shop.domain.ordering.links import tracking_token
from shop.domain.payments.models import Payment
from shop.domain.people.actor import SYSTEM
from shop.web.storefront.checkout.words import time_left
from tests.factories import make_listing, make_producer
from tests.factories.transfers import make_transfer, make_transfer_order, open_account
from tests.web.storefront.checkout.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _account(settings):
    open_account(settings)


def page_of(order, language=""):
    return f"{language}/don-hang/{order.number}/{tracking_token(order)}/tra-tien/"


def test_the_page_says_all_a_transfer_needs(client):
    order = make_transfer_order()
    answer = client.get(page_of(order))

    words = words_of(answer)
    reference = order.number.replace("-", "")
    for text in ("Vietcombank", "1017595600", "CHO OCOP", reference, "Còn 23 giờ 59 phút"):
        assert text in words
    assert 'class="qr"' in answer.content.decode()
    assert f'data-copy="{reference}"' in answer.content.decode()
    assert f'data-copy="{order.payments.get().amount_vnd}"' in answer.content.decode()
    assert "Trình diễn" not in words
    assert Payment.objects.get().provider_ref == reference


def test_looking_again_changes_nothing(client):
    order = make_transfer_order()
    client.get(page_of(order))
    before = list(Payment.objects.values())
    client.get(page_of(order))

    assert list(Payment.objects.values()) == before


def test_the_page_in_english(client):
    words = words_of(client.get(page_of(make_transfer_order(), "/en")))

    assert "23 h 59 min left to pay." in words
    assert "Copy the amount" in client.get(page_of(make_transfer_order(), "/en")).content.decode()


def test_a_made_up_account_says_so(client, settings):
    settings.VIETQR_IS_MADE_UP = True

    assert "tài khoản này không có thật" in words_of(client.get(page_of(make_transfer_order())))


def test_when_the_money_came_the_page_that_asks_by_itself_goes_to_the_order(client):
    order = make_transfer_order()
    make_transfer(order.payments.get().amount_vnd, memo=order.number)

    answer = client.get(page_of(order), headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/don-hang/{order.number}/{tracking_token(order)}/")


def test_after_a_part_the_code_asks_for_the_rest_alone(client):
    order = make_transfer_order()
    total = order.payments.get().amount_vnd
    asked = {"headers": {"HX-Request": "true"}}
    quiet = client.get(f"{page_of(order)}?da-nhan=0", **asked)
    make_transfer(20_000, memo=order.number)

    # The page that asks by itself loads anew, with the code of the rest; then it is quiet again.
    answer, page = client.get(f"{page_of(order)}?da-nhan=0", **asked), client.get(page_of(order))
    assert (quiet.status_code, answer.status_code, answer["HX-Refresh"]) == (200, 204, "true")
    assert f'data-copy="{total - 20_000}"' in page.content.decode()
    assert f'data-copy="{total}"' not in page.content.decode()
    assert "Đã nhận 20.000 ₫, còn thiếu" in words_of(page)
    assert client.get(f"{page_of(order)}?da-nhan=20000", **asked).status_code == 200


def test_no_code_asks_for_an_amount_of_before(client):
    tea, honey = make_listing(stock=5), make_listing("Mật ong", producer=make_producer("HTX Ong"), stock=5)
    order = make_transfer_order((tea, 1), (honey, 1))
    client.get(page_of(order))
    cancel_parcel(parcel_id=order.parcels.first().pk, actor=SYSTEM, reason="", now=clock.now())

    answer = client.get(page_of(order))

    assert "đừng chuyển theo mã cũ" in words_of(answer)
    assert 'class="qr"' not in answer.content.decode()


def test_the_time_left_is_never_less_than_nothing():
    now = clock.now()

    assert time_left(now - timedelta(hours=1), now=now) == "Còn 0 phút để trả."
    assert time_left(None, now=now) == ""
