"""axe finds nothing on the desk's pages, on a phone and at a desk, in both languages."""

import pytest

from tests.components.showing import show
from tests.factories import make_certificate, make_listing, make_member, make_order, make_producer
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db

PAGES = ("", "kien/", "kien/{parcel}/", "kien/{parcel}/phieu/", "san-pham/", "san-pham/{listing}/", "chung-nhan/", "tien/")


@pytest.fixture
def pages(client):
    producer = make_producer()
    listing = make_listing(producer=producer, stock=9)
    make_certificate(producer=producer, product_name="Chè đã hết hạn", stored_state="suspended", stopped_on="2026-01-01")
    parcel = make_order((listing, 2)).parcels.get()
    log_in(client, make_member(producer))

    def read(language, page):
        address = f"{language}/ban-hang/{page}".format(parcel=parcel.pk, listing=listing.pk)
        return client.get(address).content.decode()

    return read


@pytest.mark.parametrize(("language", "page"), [*(("", page) for page in PAGES), ("/en", "kien/"), ("/en", PAGES[2])])
def test_a_page_of_the_desk_is_accessible_on_a_phone(pages, phone_page, assert_accessible, page, language):
    assert_accessible(show(phone_page, pages(language, page)))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_desk_is_accessible_at_a_desk(pages, desk_page, assert_accessible, page):
    assert_accessible(show(desk_page, pages("", page)))


def test_the_button_says_how_many_orders_it_confirms(pages, desk_page):
    page = show(desk_page, pages("", "kien/"))
    button = page.locator(".bar-b button")

    assert button.inner_text() == "Xác nhận các đơn đã chọn"
    page.locator("input[name=kien]").check()
    assert button.inner_text() == "Xác nhận 1 đơn"
