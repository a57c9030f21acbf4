"""The front page, and working for more than one house."""

import pytest

from shop.common.money import format_vnd
from tests.factories import make_listing, make_member, make_order, make_producer
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea_house():
    return make_producer("HTX Chè Tân Cương")


def test_the_owner_sees_orders_stock_and_certificates(client, tea_house):
    order = make_order((make_listing(producer=tea_house, stock=6), 2))
    log_in(client, make_member(tea_house))

    page = client.get("/ban-hang/").content.decode()

    assert order.parcels.get().number in page
    assert format_vnd(order.parcels.get().split.producer_vnd, "vi") in page
    assert "còn 4" in page
    assert "Chứng nhận OCOP" in page


def test_the_orders_clerk_sees_no_shelf_and_the_listings_clerk_no_orders(client, tea_house):
    number = make_order((make_listing(producer=tea_house, stock=6), 2)).parcels.get().number

    log_in(client, make_member(tea_house, role="producer_orders"))
    orders = client.get("/ban-hang/").content.decode()
    log_in(client, make_member(tea_house, role="producer_listings"))
    listings = client.get("/ban-hang/").content.decode()

    assert number in orders
    assert "Sắp hết hàng" not in orders
    assert number not in listings
    assert "Sắp hết hàng" in listings
    assert "/ban-hang/kien/" not in listings


def test_the_keeper_of_money_needs_a_second_factor_and_sees_no_buyer(client, tea_house):
    order = make_order((make_listing(producer=tea_house), 2))
    keeper = make_member(tea_house, role="producer_money")

    log_in(client, keeper)
    without = client.get("/ban-hang/tien/")
    log_in(client, keeper, second_factor=True)
    page = client.get("/ban-hang/tien/").content.decode()

    assert (without.status_code, without.url) == (302, "/tai-khoan/hai-lop/bat/")
    assert format_vnd(order.parcels.get().split.producer_vnd, "vi") in page
    assert "Lê Minh Châu" not in page


def test_a_person_of_two_houses_switches_between_them(client, tea_house):
    honey_farm = make_producer("Trại ong Hoa Rừng")
    person = make_member(tea_house)
    make_member(honey_farm, user=person)
    log_in(client, person)

    before = client.get("/ban-hang/san-pham/").content.decode()
    client.post("/ban-hang/chon/", {"producer": honey_farm.pk})
    after = client.get("/ban-hang/san-pham/").content.decode()

    assert "<small>HTX Chè Tân Cương</small>" in before
    assert "<small>Trại ong Hoa Rừng</small>" in after


def test_nobody_switches_to_a_house_that_is_not_theirs(client, tea_house):
    stranger = make_producer("Trại ong Hoa Rừng")
    log_in(client, make_member(tea_house))

    assert client.post("/ban-hang/chon/", {"producer": stranger.pk}).status_code == 404
    session = client.session
    session["producer_id"] = stranger.pk
    session.save()
    assert "Hoa Rừng" not in client.get("/ban-hang/").content.decode()


def test_a_clerk_who_leaves_is_out_at_the_next_click(client, tea_house):
    person = make_member(tea_house)
    log_in(client, person)
    person.memberships.all().delete()

    assert client.get("/ban-hang/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_front_page_asks_the_same_number_of_questions(client, tea_house, count, django_assert_max_num_queries):
    for number in range(count):
        make_order((make_listing(f"Chè {number}", producer=tea_house), 1))
    log_in(client, make_member(tea_house))

    with django_assert_max_num_queries(16):
        assert client.get("/ban-hang/").status_code == 200
