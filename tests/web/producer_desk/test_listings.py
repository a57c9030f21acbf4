"""Prices, stock and the shelf."""

import pytest

from shop.common import clock
from shop.domain.listings.models import Listing
from shop.oscar_forks.partner.models import StockRecord
from tests.factories import make_certificate, make_listing, make_member, make_producer
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea_house():
    return make_producer("HTX Chè Tân Cương")


@pytest.fixture
def clerk(client, tea_house):
    return log_in(client, make_member(tea_house, role="producer_listings"))


def _page(listing):
    return f"/ban-hang/san-pham/{listing.pk}/"


def _form(listing, **changes):
    """The page's own form with some fields typed over."""
    listing.refresh_from_db()
    data = {"act": "save", "version": listing.version}
    for record in listing.stock_records.all():
        data |= {
            f"goi-{record.pk}-price_vnd": f"{record.price:.0f}",
            f"goi-{record.pk}-on_hand": record.num_in_stock,
            f"goi-{record.pk}-was": record.num_in_stock,
        }
        data |= {f"goi-{record.pk}-{name}": value for name, value in changes.items()}
    return data


def _record(listing):
    return StockRecord.objects.get(listing=listing)


def test_the_list_shows_state_certificate_price_and_stock(clerk, tea_house):
    make_listing("Chè Tân Cương", producer=tea_house, price_vnd=185_000, stock=20)

    page = clerk.get("/ban-hang/san-pham/").content.decode()

    assert "Đang bán" in page
    assert "185.000" in page
    assert "Còn 976 ngày" in page or "Còn 975 ngày" in page


@pytest.mark.parametrize("typed", ["199.000", "199000", "199,000", "199 000 ₫"])
def test_a_price_is_saved_however_it_is_written(clerk, tea_house, typed):
    listing = make_listing(producer=tea_house, price_vnd=185_000)

    response = clerk.post(_page(listing), _form(listing, price_vnd=typed))

    assert response.status_code == 302
    assert _record(listing).price == 199_000


@pytest.mark.parametrize("typed", ["", "0", "-5", "mười", "1e9", "185000.5.", "９９９９９９９９９９９９"])
def test_a_price_that_is_none_is_refused_and_stays_in_the_form(clerk, tea_house, typed):
    listing = make_listing(producer=tea_house, price_vnd=185_000)

    response = clerk.post(_page(listing), _form(listing, price_vnd=typed))

    if response.status_code == 302:
        # Ten times as much is a number, and for a moderator to read.
        assert list(listing.revisions.get().prices.values()) == [1_850_005]
        assert _record(listing).price == 185_000
    else:
        assert response.status_code == 400
        assert _record(listing).price == 185_000


def test_the_page_says_what_the_producer_earns_and_the_tax_inside(clerk, tea_house):
    listing = make_listing(producer=tea_house, price_vnd=185_000, vat_class="8")

    page = clerk.get(_page(listing)).content.decode()

    assert "Trong đó VAT 8%" in page
    assert "13.704" in page
    assert "Phí sàn 0%" in page


def test_a_count_made_before_a_sale_is_answered_and_can_be_sent_again(clerk, tea_house):
    listing = make_listing(producer=tea_house, stock=20)
    stale = _form(listing, on_hand=25)
    StockRecord.objects.filter(listing=listing).update(num_in_stock=18)

    answer = clerk.post(_page(listing), stale)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Số tồn vừa đổi thành 18" in page
    assert 'value="25"' in page
    again = clerk.post(_page(listing), {**stale, f"goi-{_record(listing).pk}-was": 18})
    assert again.status_code == 302
    assert _record(listing).num_in_stock == 25


def test_a_form_from_before_another_save_is_answered_and_keeps_what_was_typed(clerk, tea_house):
    listing = make_listing(producer=tea_house, price_vnd=185_000)
    stale = _form(listing, price_vnd="150.000")
    Listing.objects.filter(pk=listing.pk).update(version=5)

    answer = clerk.post(_page(listing), stale)

    assert answer.status_code == 409
    assert "Người khác vừa lưu" in answer.content.decode()
    assert 'value="150.000"' in answer.content.decode()
    assert 'name="version" value="5"' in answer.content.decode()


def test_a_listing_is_hidden_and_published_again(clerk, tea_house):
    listing = make_listing(producer=tea_house)

    clerk.post(_page(listing), {"act": "hide"})
    assert Listing.objects.get().state == "hidden"
    clerk.post(_page(listing), {"act": "publish"})
    assert Listing.objects.get().state == "live"


def test_publishing_with_a_suspended_certificate_is_refused_in_words(clerk, tea_house):
    certificate = make_certificate(producer=tea_house, stored_state="suspended", stopped_on=clock.today())
    listing = make_listing(certificate=certificate, state="draft")

    answer = clerk.post(_page(listing), {"act": "publish"})

    assert answer.status_code == 409
    assert "Giấy chứng nhận đang bị đình chỉ" in answer.content.decode()
    assert Listing.objects.get().state == "draft"


def test_extra_fields_change_nothing(clerk, tea_house):
    listing = make_listing(producer=tea_house, state="draft")
    other = make_producer()
    extra = {"state": "live", "producer": other.pk, "partner": other.pk, "certificate": 999, "commission": 0}

    clerk.post(_page(listing), {**_form(listing), **extra})

    listing.refresh_from_db()
    assert (listing.state, listing.producer_id) == ("draft", tea_house.pk)


def test_another_producers_listing_is_not_there(clerk):
    theirs = make_listing("Mật ong", price_vnd=90_000)

    assert clerk.get(_page(theirs)).status_code == 404
    for data in (_form(theirs, price_vnd="1"), {"act": "hide"}, {"act": "publish"}):
        assert clerk.post(_page(theirs), data).status_code == 404
    assert (_record(theirs).price, Listing.objects.get().state) == (90_000, "live")


def test_another_producers_pack_in_ones_own_form_is_left_alone(clerk, tea_house):
    mine, theirs = make_listing(producer=tea_house), make_listing("Mật ong", price_vnd=90_000)
    record = _record(theirs)
    swapped = {f"goi-{record.pk}-price_vnd": "1", f"goi-{record.pk}-on_hand": 0, f"goi-{record.pk}-was": 20}

    clerk.post(_page(mine), {**_form(mine), **swapped})

    record.refresh_from_db()
    assert (record.price, record.num_in_stock) == (90_000, 20)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", ["/ban-hang/san-pham/", "/ban-hang/chung-nhan/"])
def test_a_list_asks_the_same_number_of_questions(clerk, tea_house, count, address, django_assert_max_num_queries):
    for number in range(count):
        make_listing(f"Chè {number}", producer=tea_house)

    with django_assert_max_num_queries(13):
        assert clerk.get(address).status_code == 200
