from datetime import timedelta

import pytest

from shop.common import clock
from shop.common.templatetags.shop_format import vnd
from shop.domain.ordering.expiring import expire_due_orders
from shop.domain.ordering.fulfilling import confirm_parcel, decline_parcel, deliver_parcel, pack_parcel, ship_parcel
from shop.domain.ordering.links import tracking_token
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.undelivered import lose_parcel, turn_back
from shop.domain.parcels.models import Parcel
from shop.domain.people.actor import SYSTEM
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing, make_order, make_producer
from tests.factories.pages import publish_page
from tests.factories.payments import make_prepaid_order, money_for, offer_prepaid
from tests.web.storefront.checkout.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    tea = make_listing("Chè Tân Cương", stock=20)
    honey = make_listing("Mật ong bạc hà", producer=make_producer("HTX Ong Tuấn Dũng"), stock=20)
    return make_order((tea, 2), (honey, 1))


def link(order, language=""):
    return f"{language}/don-hang/{order.number}/{tracking_token(order)}/"


def move(parcel, *acts):
    for act, values in acts:
        act(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now(), **values)


SHIPPED = (confirm_parcel, {}), (ship_parcel, {"carrier": "Viettel Post", "tracking_number": "VTP 88412207561"})


def test_tracking_shows_a_line_per_parcel(client, order):
    tea_parcel, _ = order.parcels.order_by("pk")
    move(tea_parcel, *SHIPPED)

    text = words_of(client.get(link(order)))

    assert "Kiện 1: HTX Chè Tân Cương Đang giao" in text
    assert "VTP 88412207561" in text
    assert "Kiện 2: HTX Ong Tuấn Dũng Chờ xác nhận" in text
    assert "4 sao OCOP lúc mua" in text
    assert "0912 *** 678" in text


def test_thank_you_names_the_unit_in_the_language_of_the_page(client):
    order = make_order((make_listing(unit="hộp 1 kg", unit_en="1 kg box"), 1))

    path = f"/thanh-toan/cam-on/{order.number}/{tracking_token(order)}/"

    assert ("(hộp 1 kg)" in words_of(client.get(path)), "(1 kg box)" in words_of(client.get(f"/en{path}"))) == (True, True)


def test_what_may_be_sent_back_and_what_is_to_be_paid_stands_where_it_is_seen(client, order, monkeypatch):
    tea_parcel, honey_parcel = order.parcels.order_by("pk")
    move(tea_parcel, *SHIPPED, (deliver_parcel, {}))
    page = client.get(link(order)).content.decode()
    assert page.count(f'/tra-hang/{tea_parcel.pk}/"') == 1
    assert f"/tra-hang/{honey_parcel.pk}/" not in page

    offer_prepaid(monkeypatch)
    waits = make_prepaid_order((make_listing("Muối"), 1))
    page = client.get(link(waits)).content.decode()
    assert page.index("Đơn chờ bạn trả tiền") < page.index("Kiện 1")
    assert page.count("/tra-tien/") == 1


def test_tracking_in_english(client, order):
    text = words_of(client.get(link(order, "/en")))

    assert "Parcel 1: HTX Chè Tân Cương Awaiting confirmation" in text
    assert "Ordered Confirmed Packed On its way Received" in text


def test_tracking_of_every_state(client, order):
    tea_parcel, honey_parcel = order.parcels.order_by("pk")
    move(tea_parcel, *SHIPPED, (deliver_parcel, {}))
    move(honey_parcel, (decline_parcel, {"reason": "Mất mùa mật"}))

    text = words_of(client.get(link(order)))

    assert "Đã nhận lúc" in text
    assert "Lý do: Mất mùa mật" in text
    assert "Tổng sau khi bỏ kiện" in text
    assert "Đã thanh toán" in text


def test_tracking_with_a_wrong_token_is_not_found_and_slowed_down(client, order):
    answers = [client.get(f"/don-hang/{order.number}/{'0' * 32}/").status_code for _ in range(21)]

    assert answers == [404] * 20 + [429]
    assert client.get(link(order)).status_code == 200


def test_tracking_link_is_told_to_nobody(client, order):
    response = client.get(link(order))

    cancel_page = client.get(f"{link(order)}huy/{order.parcels.first().pk}/")

    assert (response["Referrer-Policy"], cancel_page["Referrer-Policy"]) == ("no-referrer", "strict-origin")
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_cancel_asks_once_and_calls_the_parcel_off(client, order):
    parcel = order.parcels.order_by("pk").first()
    path = f"{link(order)}huy/{parcel.pk}/"

    asked = client.get(path)
    done = client.post(path, {"reason": "Đặt nhầm"})
    again = client.post(path)

    parcel.refresh_from_db()
    assert "của kiện này. Các kiện khác vẫn được giao." in words_of(asked)
    assert "Bạn sẽ không phải trả" in words_of(asked)
    assert (done.status_code, done.url, again.status_code) == (303, link(order), 303)
    assert (parcel.status, parcel.reason) == (Parcel.Status.CANCELLED, "Đặt nhầm")


def test_cancel_of_what_is_paid_promises_the_money_back_and_speaks_of_no_others(client, monkeypatch):
    offer_prepaid(monkeypatch)
    order = make_prepaid_order((make_listing(), 1))
    payment = order.payments.get()
    apply_fact(payment_id=payment.pk, fact=money_for(payment), now=clock.now())
    parcel = order.parcels.get()

    asked = words_of(client.get(f"{link(order)}huy/{parcel.pk}/"))

    assert " ".join(f"Bạn được hoàn {vnd(parcel.total_vnd)} đã trả cho kiện này.".split()) in asked
    assert "không phải trả" not in asked
    assert "kiện khác" not in asked


def test_cancel_of_a_packed_parcel_says_it_is_too_late(client, order):
    parcel = order.parcels.order_by("pk").first()
    move(parcel, (confirm_parcel, {}), (pack_parcel, {}))

    response = client.post(f"{link(order)}huy/{parcel.pk}/")

    assert response.status_code == 409
    assert "không huỷ được nữa" in words_of(response)


def test_cancel_of_a_parcel_of_another_order_is_not_found(client, order):
    other = make_order((make_listing(), 1)).parcels.get()

    assert client.post(f"{link(order)}huy/{other.pk}/").status_code == 404


@pytest.mark.parametrize("item_count", [1, 3])
def test_tracking_query_count(client, django_assert_num_queries, item_count):
    order = make_order(*((make_listing(f"Chè {number}", producer=make_producer()), 1) for number in range(item_count)))
    client.get(link(order))

    with django_assert_num_queries(11):
        client.get(link(order))


def test_the_order_names_the_versions_it_was_placed_under(client, order):
    publish_page("doi-tra")
    page, english = (client.get(link(order, language)).content.decode() for language in ("", "/en"))

    assert "/thong-tin/doi-tra/phien-ban/1/" in page
    assert "/en/thong-tin/quyen-rieng-tu/phien-ban/1/" in english
    assert "Returns and refunds" in english


def test_an_order_from_before_there_were_versions_names_none(client, order):
    type(order).objects.filter(pk=order.pk).update(accepted_terms={})

    assert "/phien-ban/" not in client.get(link(order)).content.decode()


def test_tracking_lets_the_buyer_say_that_a_parcel_arrived(client, order):
    tea_parcel, honey_parcel = order.parcels.order_by("pk")
    move(tea_parcel, *SHIPPED)
    path = f"{link(order)}da-nhan/{tea_parcel.pk}/"

    offered = words_of(client.get(link(order)))
    asked = words_of(client.get(path))
    answers = [client.post(path), client.post(path), client.post(f"{link(order)}da-nhan/{honey_parcel.pk}/")]

    assert offered.count("Tôi đã nhận") == 1
    assert "7 ngày để yêu cầu đổi trả" in asked
    assert [answer.status_code for answer in answers] == [303, 303, 409]
    assert [parcel.status for parcel in order.parcels.order_by("pk")] == ["delivered", "to_confirm"]
    assert "chưa gửi hoặc đã dừng" in words_of(client.get(f"{link(order)}da-nhan/{honey_parcel.pk}/"))
    assert client.get(f"{link(order)}da-nhan/999999/").status_code == 404


def test_tracking_says_who_brings_a_parcel_itself(client, order):
    tea_parcel, _ = order.parcels.order_by("pk")
    own = {"carrier": "own", "tracking_number": "0912 345 678"}
    move(tea_parcel, (confirm_parcel, {}), (ship_parcel, own))

    assert "chủ thể tự giao, số người giao 0912 345 678" in words_of(client.get(link(order)))


def test_tracking_of_what_was_not_paid_in_time_says_so_and_what_late_money_does(client, monkeypatch):
    offer_prepaid(monkeypatch)
    order = make_prepaid_order((make_listing(stock=9), 1))
    Order.objects.update(hold_until=clock.now())
    expire_due_orders(now=clock.now() + timedelta(hours=1))
    link = f"/don-hang/{order.number}/{tracking_token(order)}/"

    page = words_of(client.get(link))

    assert "Đơn hết hạn trả tiền" in page
    assert "Hết hạn trả tiền, kiện đã huỷ" in page
    assert "Not paid in time" in words_of(client.get(f"/en{link}"))


@pytest.mark.parametrize(("do", "words"), [(turn_back, "Hãng không giao được."), (lose_parcel, "Hãng báo thất lạc.")])
def test_tracking_of_what_never_came_says_that_nothing_is_to_pay(client, do, words):
    parcel = make_order((make_listing(stock=9), 1)).parcels.get()
    act = {"parcel_id": parcel.pk, "actor": SYSTEM, "now": clock.now()}
    confirm_parcel(**act)
    ship_parcel(**act, carrier="GHN", tracking_number="LK1")
    do(**act)

    page = words_of(client.get(f"/don-hang/{parcel.order.number}/{tracking_token(parcel.order)}/"))

    assert f"{words} Bạn không phải trả tiền cho kiện này." in page
