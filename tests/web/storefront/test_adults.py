"""Alcohol: found by nobody who has not declared to be eighteen, sold to nobody who does not say it with the order."""

import pytest
from django.core.cache import cache
from django.test import Client

from catalogue_ext.models import Category, Product
from catalogue_ext.search.indexing import index_products
from catalogue_ext.taxonomy_loading import load_taxonomy
from shop.common import clock
from shop.domain.listings.classifying import classify_alcohol
from shop.domain.producers.staff import actor_of
from shop.oscar_forks.basket.models import Line
from shop.oscar_forks.order.models import Order
from shop.web.storefront.checkout.words import PAYMENT_NAMES, PAYMENT_TEXTS
from shop.web.storefront.declared_age import COOKIE
from tests.factories import make_listing, make_officer
from tests.factories.payments import METHOD, offer_prepaid

from .checkout.pages import add, fill, words_of
from .page_cache.asking import get, is_hit, page_cache  # noqa: F401 -- a fixture by its name

pytestmark = pytest.mark.django_db

ASKED = "Bạn đã đủ 18 tuổi chưa?"


@pytest.fixture
def wine():
    listing = make_listing("Rượu mơ Yên Tử", criteria_set=14, price_vnd=240_000, stock=9)
    index_products([listing.product_id])
    return listing


@pytest.fixture
def prepaid(monkeypatch):
    monkeypatch.setitem(PAYMENT_NAMES, METHOD, "Trả trước")
    monkeypatch.setitem(PAYMENT_TEXTS, METHOD, "Trả trước khi gửi")
    return offer_prepaid(monkeypatch)


def declare(client, **fields):
    return client.post("/tu-18-tuoi/khai-tuoi/", {"answer": "yes"} | fields)


def page_of(listing):
    return f"/tu-18-tuoi/{listing.product.slug}-{listing.product_id}/"


@pytest.mark.parametrize("declared", [False, True])
def test_no_page_for_everybody_ever_shows_alcohol(client, wine, declared):
    load_taxonomy()
    drinks = Category.objects.get(depth=1, group="bev")
    if declared:
        declare(client)
    paths = ["/", "/san-pham/", "/tim/?q=ruou+mo", f"/danh-muc/{drinks.slug}-{drinks.pk}/", "/tinh/thai-nguyen/", "/sitemap.xml"]
    paths += [f"/nha-san-xuat/{wine.producer.profile.slug}/"]

    found = {path: client.get(path).content.decode() for path in [*paths, *(f"/en{path}" for path in paths[:5])]}

    # The producer's page lists the certificate, as the registry does; nothing of it can be bought from there.
    assert [path for path, text in found.items() if wine.product.slug in text or page_of(wine) in text] == []
    assert client.get(f"/san-pham/{wine.product.slug}-{wine.product_id}/").status_code == 404


def test_categories_of_alcohol_alone_lead_to_the_question_and_stand_in_no_sitemap(client):
    load_taxonomy()
    of_spirits = Category.objects.get(criteria_set=14)
    sitemap = client.get("/sitemap.xml").content.decode()

    for category in (of_spirits, Category.objects.get_parent(of_spirits)):
        path = f"/danh-muc/{category.slug}-{category.pk}/"
        assert (client.get(path).headers["Location"], path in sitemap) == ("/tu-18-tuoi/", False)


def test_a_pack_of_alcohol_does_not_lead_a_stranger_to_its_page(client, wine):
    pack = Product.objects.create(structure=Product.CHILD, parent=wine.product, title="", slug="chai", upc="R-1", criteria_set=14)

    assert client.get(f"/san-pham/chai-{pack.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["/tu-18-tuoi/", "/tu-18-tuoi/?q=mo", "/tu-18-tuoi/gi-cung-duoc-987654321/", "own"])
def test_who_has_not_declared_gets_the_same_question_whatever_is_there(client, wine, path):
    response = client.get(page_of(wine) if path == "own" else path)

    text = response.content.decode()
    assert (response.status_code, response["Cache-Control"], response["X-Robots-Tag"]) == (200, "no-store", "noindex")
    assert ASKED in text
    assert ("Rượu mơ" in text, "240.000" in text) == (False, False)


def test_the_answer_opens_shelf_search_and_page_for_half_a_day(client, wine):
    led = declare(client, next=page_of(wine))

    cookie = led.cookies[COOKIE]
    assert (led.status_code, led.url) == (303, page_of(wine))
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 12 * 3600)
    for path in ("/tu-18-tuoi/", "/tu-18-tuoi/?q=ruou+mo"):
        assert "Rượu mơ Yên Tử" in words_of(client.get(path))
    page = client.get(page_of(wine))
    assert page["Cache-Control"] == "no-store"
    assert "Uống rượu, bia có hại cho sức khoẻ" in words_of(page)
    assert ("application/ld+json" in page.content.decode(), "Lưu vào yêu thích" in words_of(page)) == (False, False)
    assert "Không có đồ uống nào như vậy" in words_of(client.get("/tu-18-tuoi/?q=dau+dua"))


@pytest.mark.parametrize("cookie", ["yes", "yes:1x:abc", ""])
def test_a_made_up_answer_opens_nothing(client, wine, cookie):
    client.cookies[COOKIE] = cookie

    assert ASKED in words_of(client.get("/tu-18-tuoi/"))


def test_no_leads_home_and_is_remembered_by_nobody(client, wine):
    declare(client)

    led = declare(client, answer="no")

    assert (led.status_code, led.url) == (303, "/")
    assert ASKED in words_of(client.get("/tu-18-tuoi/"))


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/tu-18-tuoi/", "/van-phong/", "/tu-18-tuoi/\\evil"])
def test_the_answer_leads_to_no_other_place(client, db, wanted):
    assert declare(client, next=wanted).url.startswith("/tu-18-tuoi/")


def test_a_page_kept_for_everybody_forgets_what_became_alcohol_at_once(wine, django_capture_on_commit_callbacks):
    medicine = make_listing("Rượu thuốc Mẫu Sơn", criteria_set=18)
    path = f"/san-pham/{medicine.product.slug}-{medicine.product_id}/"
    assert [(get(one).status_code, is_hit(get(one))) for one in ("/san-pham/", path)] == [(200, True), (200, True)]

    with django_capture_on_commit_callbacks(execute=True):
        judge(medicine, is_alcohol=True)

    assert "Mẫu Sơn" not in words_of(get("/san-pham/"))
    assert get(path).status_code == 404
    visitor = Client()
    declare(visitor)
    assert "Mẫu Sơn" in words_of(visitor.get("/tu-18-tuoi/"))
    assert "Mẫu Sơn" not in words_of(visitor.get("/san-pham/"))


def judge(listing, *, is_alcohol):
    actor = actor_of(user=make_officer())
    return classify_alcohol(listing_id=listing.pk, is_alcohol=is_alcohol, reason="Xem nhãn", actor=actor, now=clock.now())


def test_alcohol_goes_into_the_basket_of_who_declared(client, wine):
    add(client, wine)
    assert Line.objects.count() == 0

    declare(client)
    add(client, wine)
    client.cookies.pop(COOKIE)
    basket = words_of(client.get("/gio-hang/"))

    assert Line.objects.count() == 1
    assert "Đồ uống có cồn chỉ bán cho người từ 18 tuổi: bạn chưa khai tuổi." in basket


def test_an_order_with_alcohol_is_declared_and_paid_without_cash(client, wine, prepaid):
    declare(client)
    add(client, wine)
    form = fill(client, payment=METHOD)
    shown = words_of(client.post("/thanh-toan/", form | {"action": "refresh"}))
    assert "Đơn có đồ uống có cồn không trả bằng tiền mặt được" in shown
    assert "Trả khi nhận hàng (COD)" not in shown

    untold = client.post("/thanh-toan/", form | {"action": "place"})
    cash = client.post("/thanh-toan/", form | {"action": "place", "adult": "on", "payment": "cod"})
    assert (untold.status_code, cash.status_code, Order.objects.count()) == (422, 422, 0)
    assert "đánh dấu rằng bạn đã đủ 18 tuổi" in words_of(untold)
    assert 'value="Lê Minh Châu"' in untold.content.decode()

    client.post("/thanh-toan/", form | {"action": "place", "adult": "on"})

    placed = Order.objects.get()
    assert (placed.payment_method, placed.declared_adult_at) == (METHOD, placed.date_placed)


def test_an_order_without_alcohol_keeps_no_declaration(client, db):
    add(client, make_listing())

    client.post("/thanh-toan/", fill(client) | {"action": "place", "adult": "on"})

    assert Order.objects.get().declared_adult_at is None


def test_what_became_alcohol_in_the_basket_is_asked_about_before_anything_is_written(client, prepaid):
    medicine = make_listing("Rượu thuốc Mẫu Sơn", criteria_set=18)
    add(client, medicine)
    form = fill(client) | {"action": "place"}
    judge(medicine, is_alcohol=True)

    refused = client.post("/thanh-toan/", form)

    assert (refused.status_code, Order.objects.count()) == (422, 0)
    assert "đánh dấu rằng bạn đã đủ 18 tuổi" in words_of(refused)


@pytest.mark.parametrize("count", [1, 6])
def test_shelf_asks_as_much_for_six_as_for_one(client, django_assert_max_num_queries, count):
    for number in range(count):
        make_listing(f"Rượu số {number}", criteria_set=14)
    declare(client)
    client.get("/tu-18-tuoi/")
    cache.clear()

    with django_assert_max_num_queries(8):
        client.get("/tu-18-tuoi/")
