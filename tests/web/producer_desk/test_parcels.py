"""The list of parcels as a clerk uses it."""

import pytest

from shop.common.money import format_vnd
from shop.domain.parcels.models import Parcel
from tests.factories import make_listing, make_member, make_order, make_producer
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db

LIST = "/ban-hang/kien/"


@pytest.fixture
def tea_house():
    return make_producer("HTX Chè Tân Cương")


@pytest.fixture
def clerk(client, tea_house):
    return log_in(client, make_member(tea_house, role="producer_orders"))


def _parcel(producer, **request):
    return make_order((make_listing(producer=producer), 2), **request).parcels.get()


def test_the_list_shows_what_waits_and_for_how_long(clerk, tea_house):
    parcel = _parcel(tea_house)

    page = clerk.get(LIST).content.decode()

    assert parcel.number in page
    assert "2 × Chè Tân Cương, gói 500 g" in page
    assert "Lê Minh Châu" in page
    assert format_vnd(parcel.split.producer_vnd, "vi") in page
    assert "Còn 47 giờ" in page


def test_the_list_never_shows_an_email_address(clerk, tea_house):
    parcel = _parcel(tea_house, buyer_email="chau@example.vn")

    for address in (LIST, f"{LIST}{parcel.pk}/", f"{LIST}{parcel.pk}/phieu/", "/ban-hang/"):
        assert b"chau@example.vn" not in clerk.get(address).content


def test_a_mixed_order_shows_each_producer_its_own_lines_only(clerk, tea_house):
    tea = make_listing(producer=tea_house)
    honey = make_listing("Mật ong rừng", producer=make_producer("Trại ong Hoa Rừng"), price_vnd=77_000)
    order = make_order((tea, 1), (honey, 1))
    parcel = order.parcels.get(producer=tea_house)

    for address in (LIST, f"{LIST}{parcel.pk}/", f"{LIST}{parcel.pk}/phieu/"):
        body = clerk.get(address).content.decode()
        assert "Mật ong rừng" not in body
        assert "Hoa Rừng" not in body
        assert "77.000" not in body


def test_ticked_parcels_are_confirmed_together(clerk, tea_house):
    parcels = [_parcel(tea_house), _parcel(tea_house), _parcel(tea_house)]

    page = clerk.post(f"{LIST}xac-nhan/", {"kien": [parcels[0].pk, parcels[1].pk]}, follow=True)

    assert "Đã xác nhận 2 đơn." in page.content.decode()
    assert list(Parcel.objects.order_by("pk").values_list("status", flat=True)) == ["packing", "packing", "to_confirm"]


def test_a_parcel_that_moved_meanwhile_is_named_and_the_others_go_on(clerk, tea_house):
    mine, moved = _parcel(tea_house), _parcel(tea_house)
    Parcel.objects.filter(pk=moved.pk).update(status="cancelled")

    page = clerk.post(f"{LIST}xac-nhan/", {"kien": [mine.pk, moved.pk]}, follow=True).content.decode()

    assert "Đã xác nhận 1 đơn." in page
    assert f"Đơn {moved.number} đã đổi trạng thái" in page


def test_another_producers_parcel_cannot_be_ticked(clerk):
    theirs = _parcel(make_producer())

    clerk.post(f"{LIST}xac-nhan/", {"kien": [theirs.pk, "; drop"]})

    theirs.refresh_from_db()
    assert theirs.status == "to_confirm"


@pytest.mark.parametrize("query", ["muc=khong-co", "trang=999", "trang=abc", "q=%00", "q=" + "a" * 500])
def test_a_wrong_query_is_no_error(clerk, tea_house, query):
    _parcel(tea_house)

    assert clerk.get(f"{LIST}?{query}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(clerk, tea_house, count, django_assert_max_num_queries):
    for _ in range(count):
        _parcel(tea_house)

    with django_assert_max_num_queries(13):
        assert clerk.get(LIST).status_code == 200


def test_the_list_speaks_english(clerk, tea_house):
    _parcel(tea_house)

    page = clerk.get(f"/en{LIST}").content.decode()

    assert "Orders to confirm" in page or "Awaiting confirmation" in page
    assert "Chờ xác nhận" not in page
