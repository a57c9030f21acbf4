"""One parcel, step by step."""

import pytest
from django.db import OperationalError
from psycopg.errors import LockNotAvailable

from catalogue_ext.models import Product
from shop.common import clock
from shop.domain.ordering.undelivered import turn_back
from shop.domain.parcels.models import Parcel
from shop.domain.people.actor import SYSTEM
from shop.domain.stock.models import StockMovement
from shop.web.producer_desk.views.parcel import ACTS
from tests.factories import make_listing, make_member, make_order, make_producer
from tests.factories.logins import log_in
from tests.factories.returns import make_sent_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea_house():
    return make_producer("HTX Chè Tân Cương")


@pytest.fixture
def parcel(tea_house):
    return make_order((make_listing(producer=tea_house, stars=4), 2)).parcels.get()


@pytest.fixture
def clerk(client, tea_house):
    return log_in(client, make_member(tea_house, role="producer_orders", first_name="Hoa", last_name="Nguyễn Thị"))


def _page(parcel):
    return f"/ban-hang/kien/{parcel.pk}/"


def _act(client, parcel, act, **data):
    return client.post(_page(parcel), {"act": act, **data}, follow=True)


def _status(parcel):
    return Parcel.objects.values_list("status", flat=True).get(pk=parcel.pk)


def test_a_parcel_goes_from_confirmed_to_delivered(clerk, parcel):
    _act(clerk, parcel, "confirm")
    _act(clerk, parcel, "pack")
    shipped = _act(clerk, parcel, "ship", carrier="Viettel Post", tracking_number="VT123")
    refused = _act(clerk, parcel, "deliver")

    assert "khách nhận được mã vận đơn" in shipped.content.decode()
    assert "Người mua bấm «Tôi đã nhận»" in shipped.content.decode()
    assert (_status(parcel), refused.status_code) == ("shipped", 409)
    assert "VT123" in shipped.content.decode()
    assert "Đang giao – Nguyễn Thị Hoa" in shipped.content.decode()


@pytest.mark.parametrize("typed", [{"by": "own"}, {"carrier": "Tự giao"}], ids=["chosen", "typed"])
def test_own_delivery_is_reported_by_the_producer(clerk, parcel, typed):
    _act(clerk, parcel, "confirm")
    shipped = _act(clerk, parcel, "ship", tracking_number="0912 345 678", **typed)
    delivered = _act(clerk, parcel, "deliver")

    assert "Khách đã nhận" in shipped.content.decode()
    assert _status(parcel) == "delivered"
    assert "Tự giao" in delivered.content.decode()


def test_the_page_shows_star_and_code_of_the_sale(clerk, parcel):
    line = parcel.lines.get()

    page = clerk.get(_page(parcel)).content.decode()

    assert f"OCOP 4 sao, mã {line.certificate_code} khi bán" in page
    assert "+84912345678" in page
    assert "Dương Quảng Hàm" in page


def test_a_decline_wants_a_reason_and_keeps_nothing_half_done(clerk, parcel):
    refused = _act(clerk, parcel, "decline", reason="  ")

    assert refused.status_code == 400
    assert "Hãy viết lý do" in refused.content.decode()
    assert _status(parcel) == "to_confirm"


def test_a_declined_parcel_tells_the_reason_and_forgets_the_buyer(clerk, parcel):
    page = _act(clerk, parcel, "decline", reason="Hết chè vụ xuân").content.decode()

    assert _status(parcel) == "declined"
    assert "Hết chè vụ xuân" in page
    assert "Lê Minh Châu" not in page
    assert "Dương Quảng Hàm" not in page


def test_a_step_that_came_too_late_is_answered_and_keeps_what_was_typed(clerk, parcel):
    Parcel.objects.filter(pk=parcel.pk).update(status="cancelled")

    answer = _act(clerk, parcel, "decline", reason="Hết chè vụ xuân")

    assert answer.status_code == 409
    assert "đơn đã chuyển sang «Đã huỷ»" in answer.content.decode()
    assert "Bạn đã viết: «Hết chè vụ xuân»" in answer.content.decode()
    assert _status(parcel) == "cancelled"


def test_confirming_twice_is_confirming_once(clerk, parcel):
    _act(clerk, parcel, "confirm")
    again = _act(clerk, parcel, "confirm")

    assert again.status_code == 200
    assert parcel.events.filter(to_status="packing").count() == 1


def test_shipping_names_carrier_and_number(clerk, parcel):
    _act(clerk, parcel, "confirm")

    refused = _act(clerk, parcel, "ship", carrier="Viettel Post", tracking_number="")

    assert refused.status_code == 400
    assert "Hãy ghi mã vận đơn" in refused.content.decode()
    assert "Viettel Post" in refused.content.decode()
    assert _status(parcel) == "packing"


def test_an_unconfirmed_parcel_is_not_shipped(clerk, parcel):
    assert _act(clerk, parcel, "ship", carrier="GHN", tracking_number="1").status_code == 409
    assert _status(parcel) == "to_confirm"


@pytest.mark.parametrize("act", ["confirm", "decline", "pack", "ship", "deliver", "closed", ""])
def test_another_producers_parcel_is_not_there(client, parcel, act):
    log_in(client, make_member(make_producer()))

    assert client.get(_page(parcel)).status_code == 404
    assert client.post(_page(parcel), {"act": act, "reason": "x"}).status_code == 404
    assert _status(parcel) == "to_confirm"


def test_a_role_at_another_house_opens_nothing_here(client, parcel, tea_house):
    person = make_member(make_producer(), role="producer_orders")
    make_member(tea_house, role="producer_listings", user=person)
    log_in(client, person)

    assert client.get(_page(parcel)).status_code == 404


def test_an_unpaid_parcel_is_not_there_yet(clerk, parcel):
    Parcel.objects.filter(pk=parcel.pk).update(status="pending")

    assert clerk.get(_page(parcel)).status_code == 404


def test_extra_fields_change_nothing(clerk, parcel):
    extra = {"status": "closed", "producer": 999, "total_vnd": 1, "goods_vnd": 1, "is_staff": "on"}

    _act(clerk, parcel, "confirm", **extra)

    parcel.refresh_from_db()
    assert (parcel.status, parcel.goods_vnd) == ("packing", 370_000)


def test_the_slip_carries_star_code_and_a_qr_of_the_day_of_sale(clerk, parcel, settings):
    line = parcel.lines.get()
    sold_on = parcel.order.date_placed

    slip = clerk.get(f"{_page(parcel)}phieu/").content.decode()

    assert line.certificate_code in slip
    assert "OCOP 4 sao" in slip
    assert "Còn hiệu lực vào ngày bạn mua" in slip
    assert f"{settings.BASE_URL}/xac-minh/{line.certificate_code}/?ngay={sold_on:%Y-%m-%d}" in slip
    assert '<svg aria-hidden="true"' in slip


@pytest.mark.parametrize("criteria_set", [11, 14])
def test_page_and_slip_say_that_alcohol_is_handed_to_adults(clerk, parcel, criteria_set):
    Product.objects.filter(line__parcel=parcel).update(criteria_set=criteria_set)

    told = ["chỉ giao cho người từ 18 tuổi" in clerk.get(f"{_page(parcel)}{page}").content.decode() for page in ("", "phieu/")]

    assert told == [criteria_set == 14] * 2


def test_a_parcel_that_somebody_holds_too_long_is_answered_not_broken(clerk, parcel, monkeypatch):
    def held(**_details):
        raise OperationalError from LockNotAvailable()

    monkeypatch.setitem(ACTS, "confirm", (None, held, ""))

    answer = _act(clerk, parcel, "confirm")

    assert answer.status_code == 503
    assert "Chưa có gì thay đổi" in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_questions(clerk, tea_house, count, django_assert_max_num_queries):
    listings = [make_listing(f"Chè {number}", producer=tea_house) for number in range(count)]
    parcel = make_order(*((listing, 1) for listing in listings)).parcels.get()

    with django_assert_max_num_queries(20):
        assert clerk.get(_page(parcel)).status_code == 200


def test_what_nobody_could_deliver_is_taken_back_with_what_can_be_sold(clerk, parcel):
    _act(clerk, parcel, "confirm")
    _act(clerk, parcel, "ship", carrier="GHN", tracking_number="LK1")
    turn_back(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now())
    line = parcel.lines.get()
    page = clerk.get(_page(parcel)).content.decode()
    assert ("Hàng đã về?" in page, "không còn việc gì" in page) == (True, False)

    wrong = _act(clerk, parcel, "come_home", **{f"line_{line.pk}": line.quantity + 1})
    assert (wrong.status_code, _status(parcel)) == (400, "returning")
    done = _act(clerk, parcel, "come_home", **{f"line_{line.pk}": line.quantity})

    assert _status(parcel) == "returned"
    assert "Đã ghi nhận hàng về" in done.content.decode()
    assert "Kiện này không thành" in done.content.decode()
    assert StockMovement.objects.filter(kind="restocked", on_hand_change=line.quantity).exists()


def test_what_a_buyer_sends_back_is_not_delivered_anew(clerk, parcel):
    """A producer that brings its goods itself has no button for it, and pressing an old one changes nothing."""
    _act(clerk, parcel, "confirm")
    _act(clerk, parcel, "ship", carrier="Tự giao", tracking_number="-")
    _act(clerk, parcel, "deliver")
    make_sent_back(Parcel.objects.get(pk=parcel.pk), units=parcel.lines.get().quantity)

    assert "Khách đã nhận" not in clerk.get(_page(parcel)).content.decode()
    assert _act(clerk, parcel, "deliver").status_code == 409
    assert _act(clerk, parcel, "come_home").status_code == 409
