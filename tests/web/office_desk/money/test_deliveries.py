"""What carriers report as delivered, on the office's screen."""

import pytest
from django.test import Client

from shop.common import clock
from shop.domain.ordering.fulfilling import confirm_parcel, ship_parcel
from shop.domain.parcels.models import Parcel
from shop.domain.people.actor import SYSTEM
from shop.domain.people.models import Officer
from tests.factories import make_listing, make_member, make_officer, make_order, make_province
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db

PATH = "/van-phong/tien/giao-hang/"


@pytest.fixture
def officer(client):
    return log_in(client, make_officer(), second_factor=True)


@pytest.fixture
def parcel():
    now = clock.now()
    parcel = make_order((make_listing(), 1)).parcels.get()
    confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=now)
    return ship_parcel(parcel_id=parcel.pk, carrier="GHN", tracking_number="LK99AQ", actor=SYSTEM, now=now)


def status_of(parcel):
    return Parcel.objects.values_list("status", flat=True).get(pk=parcel.pk)


def test_a_report_says_line_by_line_what_became_of_it(client, officer, parcel):
    page = client.get(PATH, {"kien": parcel.number}).content.decode()
    assert (f">{parcel.number}</textarea>" in page.replace("\n", ""), "GHN LK99AQ" in page) == (True, True)

    answer = client.post(PATH, {"news": "delivered", "codes": "LK99AQ\nKHONG-CO", "source": "Bảng kê 12"}).content.decode()

    assert status_of(parcel) == "delivered"
    assert ("1 kiện vừa được ghi" in answer, "Không có mã này" in answer) == (True, True)
    assert "1 parcel was noted" not in answer


def test_without_a_source_nothing_is_noted_and_the_codes_stay(client, officer, parcel):
    answer = client.post(f"/en{PATH}", {"news": "delivered", "codes": "LK99AQ", "source": " "})

    assert (answer.status_code, status_of(parcel)) == (422, "shipped")
    assert ("LK99AQ</textarea>" in answer.content.decode(), "money follows this word" in answer.content.decode()) == (True, True)


@pytest.mark.parametrize("who", ["producer", "officer of a province"])
def test_nobody_else_reports_what_a_carrier_brings(parcel, who):
    client = Client()
    of_a_place = {"scope": Officer.Scope.PROVINCE, "province": make_province("19")}
    log_in(client, make_member(parcel.producer) if who == "producer" else make_officer(**of_a_place), second_factor=True)

    assert client.post(PATH, {"news": "delivered", "codes": "LK99AQ", "source": "Tôi biết"}).status_code in {403, 404}
    assert status_of(parcel) == "shipped"


def test_what_could_not_be_delivered_stays_in_the_list_until_it_is_home(client, officer, parcel):
    answer = client.post(PATH, {"news": "turned_back", "codes": parcel.number, "source": "Gọi hãng"}).content.decode()

    assert status_of(parcel) == "returning"
    assert ("Đã ghi là đang hoàn về" in answer, "đang hoàn về</b>" in answer) == (True, True)
    assert "going back</b>" in client.get(f"/en{PATH}").content.decode()


@pytest.mark.parametrize("news", ["", "stolen"])
def test_a_report_says_what_happened(client, officer, parcel, news):
    answer = client.post(PATH, {"news": news, "codes": "LK99AQ", "source": "Bảng kê"})

    assert (answer.status_code, status_of(parcel)) == (422, "shipped")
    assert "Hãy chọn việc xảy ra." in answer.content.decode()
