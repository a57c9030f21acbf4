"""Returns before the office: the clock, the decision and who pays, and nothing outside one's place."""

from datetime import timedelta

import pytest
from django.test import Client

from shop.common import clock
from shop.domain.ordering.paying import apply_fact
from shop.domain.payments.models import Refund
from shop.domain.returns.models import ReturnRequest
from tests.components.showing import show
from tests.factories import make_listing, make_officer, make_producer, make_province
from tests.factories.logins import log_in
from tests.factories.payments import make_prepaid_order, money_for, offer_prepaid
from tests.factories.payouts import deliver
from tests.factories.returns import make_delivered, make_disputed, make_return, make_sent_back

pytestmark = pytest.mark.django_db
ROOM = "/van-phong/tra-hang/"


def office(officer=None):
    return log_in(Client(), officer or make_officer(), second_factor=True)


@pytest.fixture
def tea():
    return make_listing("Chè Tân Cương", price_vnd=185_000, stock=20)


def decide(client, found, verdict="full", **typed):
    values = {"verdict": verdict, "bearer": "producer", "words": "Ảnh cho thấy rách", **typed}
    return client.post(f"{ROOM}{found.pk}/", values, follow=True)


def state(found):
    return ReturnRequest.objects.values_list("state", flat=True).get(pk=found.pk)


def test_disputes_are_counted_on_the_front_page_and_listed_late_first(tea):
    client = office()
    soon, late = make_disputed(make_delivered((tea, 1))), make_disputed(make_delivered((tea, 1)))
    make_return(make_delivered((tea, 1)))
    ReturnRequest.objects.filter(pk=late.pk).update(decide_by=clock.now() - timedelta(days=2, hours=1))

    page, front = client.get(ROOM).content.decode(), client.get("/van-phong/").content.decode()

    assert page.index(late.parcel.number) < page.index(soon.parcel.number)
    assert ("trễ quyết định 2 ngày" in page, "quyết định trong 4 ngày" in page) == (True, True)
    assert "Việc trả hàng chờ quyết định" in front
    assert soon.parcel.number in client.get(ROOM, {"q": soon.parcel.number}).content.decode()
    assert "Không có việc trả hàng nào" in client.get(ROOM, {"q": "khong-co"}).content.decode()


def test_decided_for_the_buyer_the_refund_stands_on_the_page(tea):
    found = make_disputed(make_delivered((tea, 1)))
    page = decide(office(), found).content.decode()

    refund = Refund.objects.get()
    assert (state(found), refund.amount_vnd, refund.is_borne_by_shop) == ("refunded", found.amount_vnd, False)
    assert ("Đã quyết định" in page, "Khoản hoàn" in page) == (True, True)


def test_a_part_at_the_shops_cost(tea):
    found = make_disputed(make_delivered((tea, 1)))
    decide(office(), found, "part", amount_vnd="50.000", bearer="shop")

    assert (Refund.objects.get().amount_vnd, Refund.objects.get().is_borne_by_shop) == (50_000, True)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"verdict": ""}, "Hãy chọn quyết định."),
        ({"words": " "}, "Hãy viết lý do"),
        ({"verdict": "part"}, "Hãy ghi số tiền hoàn."),
        ({"verdict": "part", "amount_vnd": "năm mươi"}, "số đồng nguyên"),
        ({"verdict": "part", "amount_vnd": "9.000.000"}, "Một phần phải nhỏ hơn"),
        ({"bearer": "nobody"}, "bên chịu"),
    ],
)
def test_a_decision_that_cannot_be_taken_is_told_and_kept(tea, typed, sentence):
    found = make_disputed(make_delivered((tea, 1)))
    response = decide(office(), found, **{"words": "Đã xem ảnh", **typed})
    page = response.content.decode()

    assert (response.status_code, state(found), sentence in page) == (422, "disputed", True)
    assert "Đã xem ảnh" in page or "words" in typed


def test_a_second_decision_is_answered_that_it_moved_on(tea):
    found = make_disputed(make_delivered((tea, 1)))
    client = office()
    decide(client, found, "none")

    assert (decide(client, found).status_code, Refund.objects.count()) == (409, 0)


def test_goods_that_are_back_are_not_sent_back_again(tea):
    sent = make_sent_back(make_delivered((tea, 1)))
    ReturnRequest.objects.filter(pk=sent.pk).update(state="disputed", decide_by=clock.now())
    client = office()

    assert 'value="goods_back"' not in client.get(f"{ROOM}{sent.pk}/").content.decode()
    assert decide(client, sent, "goods_back").status_code == 422


def test_an_officer_of_another_place_finds_none_of_it():
    here, there = make_province("19"), make_province("79")
    found = make_disputed(make_delivered((make_listing(producer=make_producer(province=here), stock=5), 1)))
    path = f"{ROOM}{found.pk}/"
    at_home = office(make_officer(scope="province", province=here))
    elsewhere = office(make_officer(scope="province", province=there))

    photo = f"{path}anh/{found.photos.get().pk}/"
    assert [at_home.get(url).status_code for url in (path, photo)] == [200, 200]
    assert [elsewhere.get(url).status_code for url in (path, photo)] == [404, 404]
    assert decide(elsewhere, found).status_code == 404
    assert found.parcel.number not in elsewhere.get(ROOM).content.decode()
    assert state(found) == "disputed"


def test_a_large_refund_is_approved_in_the_room_of_money_by_somebody_else(monkeypatch):
    offer_prepaid(monkeypatch)
    order = make_prepaid_order((make_listing(price_vnd=3_000_000, stock=10), 2))
    payment = order.payments.get()
    apply_fact(payment_id=payment.pk, fact=money_for(payment), now=clock.now())
    deliver(order, days_ago=0)
    found = make_disputed(order.parcels.get(), units=2)
    first, second = office(), office()

    assert "một người khác duyệt" in first.get(f"{ROOM}{found.pk}/").content.decode()
    assert "chờ một người khác duyệt" in decide(first, found).content.decode()
    refund = Refund.objects.get()
    approve = f"/van-phong/tien/hoan/{refund.pk}/duyet/"
    assert (first.post(approve).status_code, second.post(approve).status_code) == (409, 302)
    refund.refresh_from_db()
    assert refund.status == "approved"


def test_the_list_costs_the_same_for_one_and_for_three(tea, django_assert_max_num_queries):
    client = office()
    make_disputed(make_delivered((tea, 1)))
    client.get(ROOM)
    with django_assert_max_num_queries(60) as one:
        client.get(ROOM)
    for _ in range(2):
        make_disputed(make_delivered((tea, 1)))
    with django_assert_max_num_queries(len(one)):
        assert client.get(ROOM).content.decode().count("quyết định trong") == 3


def test_list_and_page_are_accessible_on_a_phone_and_at_a_desk(tea, phone_page, desk_page, assert_accessible):
    client, found = office(), make_disputed(make_delivered((tea, 3)), photos=2)
    wrong, room = (answer.content.decode() for answer in (decide(client, found, "part", words=""), client.get(f"/en{ROOM}")))

    for page in (phone_page, desk_page):
        assert_accessible(show(page, room))
        assert_accessible(show(page, wrong))
