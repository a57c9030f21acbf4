"""One product in every state it can be in."""

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from shop.common import clock
from shop.common.pieces import forget_pieces
from shop.domain.listings.shelf_index import forget_shelf
from tests.factories import make_certificate, make_listing, make_pack, make_producer, make_province

pytestmark = pytest.mark.django_db

# Of a process that has just started; and of one that has been asked before.
MOST_QUERIES = 10
MOST_WHEN_WARM = 4


def path_of(listing):
    return f"/san-pham/{listing.product.slug}-{listing.product_id}/"


def page_of(client, listing, query=""):
    response = client.get(path_of(listing) + query)
    return response.status_code, response.content.decode()


def data_of(page, kind):
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return next(block for block in map(json.loads, blocks) if block["@type"] == kind)


def test_product_shows_price_unit_price_stock_and_producer(client):
    listing = make_listing("Chè búp", price_vnd=240_000, stock=9, net_content=200, net_content_unit="g")

    status, page = page_of(client, listing)

    assert status == 200
    for text in ("240.000", "1.200.000", "/ kg", "Còn 9", "HTX Chè Tân Cương", "Thêm vào giỏ", "Đã gồm VAT"):
        assert text in page
    assert f'action="/gio-hang/them/{listing.product_id}/"' in page


def test_product_speaks_english(client):
    listing = make_listing("Chè búp", title_en="Bud tea", price_vnd=240_000)

    page = client.get("/en" + path_of(listing)).content.decode()

    assert ("Bud tea" in page, "240,000" in page, "Add to basket" in page) == (True, True, True)


def test_product_without_english_text_says_it_is_vietnamese(client):
    listing = make_listing("Chè búp", description="Hái tay.")

    assert '<span lang="vi">Hái tay.</span>' in client.get("/en" + path_of(listing)).content.decode()


def test_product_shows_its_packs_and_opens_the_one_asked_for(client):
    listing = make_listing(stock=None)
    make_pack(listing, unit="gói 100 g", price_vnd=40_000)
    big = make_pack(listing, unit="hộp 1 kg", price_vnd=350_000)

    _, cheapest = page_of(client, listing)
    _, asked = page_of(client, listing, f"?quy-cach={big.product_id}")

    assert "gói 100 g" in cheapest
    assert f'action="/gio-hang/them/{big.product_id}/"' in asked


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", ("Trong Thái Nguyên", "Vùng Trung du", "Các vùng khác")), ("/en", ("Within", "Elsewhere in", "Other regions"))],
)
def test_product_names_the_places_a_charge_is_for(client, prefix, words):
    listing = make_listing()

    page = client.get(prefix + path_of(listing)).content.decode()

    assert [each for each in words if each not in page] == []


def test_address_of_a_pack_leads_to_its_product(client):
    listing = make_listing(stock=None)
    pack = make_pack(listing)

    response = client.get(f"/san-pham/x-{pack.product_id}/")

    assert (response.status_code, response["Location"]) == (301, f"{path_of(listing)}?quy-cach={pack.product_id}")


def test_wrong_slug_leads_to_the_right_one(client):
    listing = make_listing("Chè búp")

    response = client.get(f"/san-pham/ten-cu-{listing.product_id}/")

    assert (response.status_code, response["Location"]) == (301, path_of(listing))


def test_sold_out_product_cannot_be_put_into_the_basket(client):
    _, page = page_of(client, make_listing(stock=0))

    assert ("Hết hàng" in page, "Thêm vào giỏ" in page) == (True, False)


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"issued_on": timedelta(days=-1200)}, 200, "đã hết hiệu lực"),
        ({"stored_state": "suspended", "stopped_on": timedelta(0)}, 200, "tạm đình chỉ"),
        ({"stored_state": "revoked", "stopped_on": timedelta(0)}, 410, "đã bị thu hồi"),
    ],
)
def test_product_whose_star_is_not_true_is_shown_but_not_sold(client, fields, status, words):
    moved = {name: clock.today() + value if isinstance(value, timedelta) else value for name, value in fields.items()}
    listing = make_listing(certificate=make_certificate(**moved))

    answered, page = page_of(client, listing)

    assert answered == status
    assert words in page
    assert ("Thêm vào giỏ" in page, 'content="noindex, follow"' in page) == (False, True)
    assert data_of(page, "Product")["offers"][0]["availability"] == "https://schema.org/Discontinued"
    assert "hasCertification" not in data_of(page, "Product")


@pytest.mark.parametrize(("state", "status"), [("hidden", 200), ("archived", 410), ("draft", 404), ("approved", 404)])
def test_product_off_the_shelf_answers_by_its_state(client, state, status):
    assert client.get(path_of(make_listing(state=state))).status_code == status


def test_product_of_a_suspended_producer_is_not_sold(client):
    status, page = page_of(client, make_listing(producer=make_producer(status="suspended")))

    assert (status, "không nhận đơn" in page, "Thêm vào giỏ" in page) == (200, True, False)


def test_spirit_has_no_page(client):
    assert client.get(path_of(make_listing("Rượu mơ", criteria_set=14))).status_code == 404


def test_data_for_search_engines_names_the_certificate(client):
    listing = make_listing("Chè </script><b>búp", stars=5, price_vnd=240_000)

    _, page = page_of(client, listing)
    product = data_of(page, "Product")

    assert product["name"] == "Chè </script><b>búp"
    assert product["offers"][0] | {"seller": None} == {
        "@type": "Offer",
        "price": "240000",
        "priceCurrency": "VND",
        "availability": "https://schema.org/InStock",
        "url": product["url"],
        "seller": None,
    }
    certification = product["hasCertification"]
    assert certification["certificationIdentification"] == listing.certificate.code
    assert certification["expires"] == listing.certificate.valid_until.isoformat()
    assert certification["certificationRating"]["ratingValue"] == 5


def test_plus_and_minus_count_without_scripts(client):
    listing = make_listing(stock=20)

    _, more = page_of(client, listing, "?quantity=4&step=1")
    _, less = page_of(client, listing, "?quantity=1&step=-1")

    assert ('value="5" required' in more, 'value="1" required' in less) == (True, True)


def test_a_warm_process_takes_few_queries(client, settings, django_assert_max_num_queries):
    listing = make_listing("Chè búp", origin_province=make_province("19"))
    make_listing("Chè nõn", origin_province=make_province("19"))
    forget_shelf()
    forget_pieces()
    settings.PIECES_SECONDS = settings.SHELF_INDEX_SECONDS = 60
    client.get(path_of(listing))

    with django_assert_max_num_queries(MOST_WHEN_WARM):
        assert client.get(path_of(listing)).status_code == 200


def test_product_takes_few_queries_and_the_same_for_one_as_for_three(client, django_assert_max_num_queries):
    province = make_province("19")
    tea_house = make_producer(province=province)
    listing = make_listing("Chè búp", producer=tea_house, origin_province=province)
    make_listing("Chè 0", producer=tea_house, origin_province=province)
    counts = []
    for how_many in (0, 2):
        for place in range(how_many):
            make_listing(f"Chè {place}", producer=tea_house, origin_province=province)
        cache.clear()
        client.get("/so-dang-ky/")
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            client.get(path_of(listing))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_data_of_packs_leads_to_each_of_them_and_speaks_the_language_of_the_page(client):
    listing = make_listing(stock=None)
    packs = [make_pack(listing, unit=unit, price_vnd=price) for unit, price in (("gói 100 g", 40_000), ("hộp 1 kg", 350_000))]

    product = data_of(client.get("/en" + path_of(listing)).content.decode(), "Product")

    asked = {f"?quy-cach={pack.product_id}" for pack in packs}
    assert {"?" + offer["url"].partition("?")[2] for offer in product["offers"]} == asked
    assert product["hasCertification"]["name"] == "OCOP 4 stars"
