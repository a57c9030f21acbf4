"""Public pages in a real browser, both languages, phone and desk: axe finds nothing and nothing scrolls sideways."""

import gzip
from datetime import timedelta

import pytest

from catalogue_ext.models import Category
from catalogue_ext.search.indexing import index_products
from catalogue_ext.taxonomy_loading import load_taxonomy
from shop.common import clock
from shop.domain.certificates.models import UnprovenEntry
from tests.axe import assert_accessible, assert_no_sideways_scroll  # noqa: F401 -- a fixture
from tests.factories import make_certificate, make_decision, make_listing, make_pack, make_province

pytestmark = pytest.mark.django_db(transaction=True)

FIRST_VIEW_BYTES = 100 * 1024


@pytest.fixture
def paths():
    load_taxonomy()
    province = make_province("19")
    listings = [
        make_listing(f"Chè búp số {place}", origin_province=province, stars=5 - place % 3, stock=place * 7) for place in range(6)
    ]
    boxed = make_listing("Chè hộp quà", stock=None, net_content=200, net_content_unit="g", description="Hái tay.")
    make_pack(boxed, unit="gói 100 g", price_vnd=40_000)
    make_pack(boxed, unit="hộp 1 kg", price_vnd=350_000, stock=0)
    lapsed = make_listing("Chè cũ", certificate=make_certificate(issued_on=clock.today() - timedelta(days=1200)))
    make_certificate(stored_state="revoked", stopped_on=clock.today())
    sample = make_certificate(decision=make_decision(is_sample=True, source="https://example.vn/mau"))
    UnprovenEntry.objects.create(
        product_name="Sâm", folded_name="sam", source="báo", source_file="a.csv", source_row=3, stars_as_printed="5"
    )
    index_products(listing.product_id for listing in [*listings, boxed, lapsed])
    food = Category.objects.get(depth=1, group="food")
    return [
        "/",
        "/san-pham/?sao=5&con-hang=1",
        "/san-pham/?sao=4&chu-the=1",
        f"/danh-muc/{food.slug}-{food.pk}/",
        "/tinh/",
        "/tim/?q=che+buop",
        "/tim/?q=zzzzzz",
        f"/san-pham/{boxed.product.slug}-{boxed.product_id}/",
        f"/san-pham/{lapsed.product.slug}-{lapsed.product_id}/",
        f"/nha-san-xuat/{boxed.producer.profile.slug}/",
        "/xac-minh/",
        f"/xac-minh/{sample.code}/?ngay=2020-01-01",
        f"/xac-minh/{sample.code}/nhan/",
        "/xac-minh/TN-2026-99999/",
        "/so-dang-ky/",
        "/so-dang-ky/?trang-thai=chua-chung-minh",
        "/thong-tin/giao-hang/",
        "/thong-tin/nguon-du-lieu/",
    ]


@pytest.mark.parametrize("width", [390, 1280])
def test_public_pages_are_accessible(live_stack, browser, assert_accessible, paths, width):  # noqa: F811
    address = live_stack()
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    found = []
    for path in paths:
        for prefix in ("", "/en"):
            page.goto(address + prefix + path)
            try:
                assert_accessible(page)
            except AssertionError as failure:
                found.append(f"{prefix}{path} at {width}:\n{failure}")
    context.close()

    assert found == []


def test_public_pages_fit_the_narrowest_phone_without_scripts(live_stack, browser, paths):
    address = live_stack()
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    for path in paths:
        page.goto(address + path)
        assert page.locator("h1").count() == 1, path
    context.close()
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    for path in paths:
        page.goto(address + path)
        assert_no_sideways_scroll(page)
    context.close()


def test_first_view_stays_small(live_stack, browser, paths):
    address = live_stack()
    for path in (paths[0], paths[1], paths[7]):
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        received = []
        page.on("response", lambda response, received=received: received.append((response.url, response.body())))
        page.goto(address + path, wait_until="networkidle")
        context.close()
        # Fonts are compressed already; everything else travels gzipped.
        size = sum(len(body) if url.endswith(".woff2") else len(gzip.compress(body)) for url, body in received)

        assert (path, size <= FIRST_VIEW_BYTES) == (path, True), size
