"""What every public place shows of a product whose certificate stops, for each way in which it can stop."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client

from catalogue_ext.models import Category
from catalogue_ext.search.indexing import index_products
from shop.common import clock
from shop.domain.certificates.act_requests import request_revocation
from shop.domain.certificates.acts import Ground
from shop.domain.certificates.models import Certificate
from shop.domain.listings.superseding import supersede_and_move
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering.certificate_stops import (
    approve_revocation_and_hold,
    cancel_parcels_held_too_long,
    settle_unfinished_stops,
    suspend_and_hold,
)
from shop.domain.ordering.fulfilling import confirm_parcel, ship_parcel
from shop.domain.parcels.models import Parcel
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from shop.domain.wishes.keeping import keep_wish
from shop.domain.wishes.reading import read_wish, wish_lines
from shop.web.storefront.context import LIFETIME_SECONDS
from shop.web.storefront.public_page import SHARED_SECONDS
from tests.factories import make_certificate, make_listing, make_officer, make_order, make_producer, make_user
from tests.web.storefront.checkout.pages import add, fill, order, words_of

from .public_places import (
    LANGUAGES,
    addresses_that_show,
    label_status,
    product_path,
    read_check_page,
    read_product_page,
    read_signed,
    shelf_addresses,
    stopped_codes,
)

pytestmark = pytest.mark.django_db
NAME, WORDS = "Chè Ngân Hà", "ngan+ha"
REASON = "Nhãn sai hạn dùng"


def expire(certificate):
    issued_on = clock.today() - timedelta(days=1096)
    Certificate.objects.filter(pk=certificate.pk).update(issued_on=issued_on, valid_until=clock.today() - timedelta(days=1))


def suspend(certificate):
    ground = Ground(REASON, clock.today(), "12/QĐ-VP")
    suspend_and_hold(certificate_id=certificate.pk, ground=ground, actor=actor_of(user=make_officer()), now=clock.now())


def revoke(certificate, *, is_safety_matter=False):
    ground = Ground(REASON, clock.today(), "12/QĐ-VP", is_safety_matter=is_safety_matter)
    officer, colleague = (actor_of(user=make_officer()) for _ in range(2))
    now = clock.now()
    request = request_revocation(certificate_id=certificate.pk, ground=ground, actor=officer, now=now)
    approve_revocation_and_hold(request_id=request.pk, actor=colleague, now=now)


def supersede(certificate):
    newer = make_certificate(
        producer=certificate.producer,
        product=certificate.product,
        product_name=NAME,
        stars=5,
        issued_on=clock.today() - timedelta(days=3),
    )
    supersede_and_move(
        certificate_id=certificate.pk,
        by_certificate_id=newer.pk,
        ground=Ground("Đã công nhận lại", clock.today()),
        actor=actor_of(user=make_officer()),
        now=clock.now(),
    )
    return newer


STOPS = {
    "expired": SimpleNamespace(
        stop=expire,
        status=200,
        badge="is-exp",
        words=("đã hết hiệu lực và chưa được công nhận lại", "has expired"),
        verdict=("Giấy chứng nhận đã hết hiệu lực", "expired"),
        listed_as=None,
        told=None,
    ),
    "suspended": SimpleNamespace(
        stop=suspend,
        status=200,
        badge="is-sus",
        words=("đang bị tạm đình chỉ", "suspended"),
        verdict=("Giấy chứng nhận đang bị tạm đình chỉ", "suspended"),
        listed_as="suspended",
        told=REASON,
    ),
    "revoked": SimpleNamespace(
        stop=revoke,
        status=410,
        badge="is-rev",
        words=("đã bị thu hồi", "revoked"),
        verdict=("Giấy chứng nhận đã bị thu hồi", "revoked"),
        listed_as="revoked",
        told=REASON,
    ),
}


@pytest.fixture(params=STOPS)
def kind(request):
    return STOPS[request.param]


@pytest.fixture
def tea():
    listing = make_listing(NAME, producer=make_producer("HTX Ngân Hà"), stars=4)
    group = Category.objects.add_root(instance=Category(name="Thực phẩm", slug="thuc-pham", group="food", criteria_set=None))
    listing.product.categories.add(group)
    index_products([listing.product_id])
    return listing


def stop(tea, kind):
    kind.stop(tea.certificate)
    tea.refresh_from_db()
    # What a shared cache may still hold is bounded by its lifetime (see the last test); the shop's own is looked past.
    cache.clear()


def test_while_it_is_valid_it_stands_everywhere(tea):
    assert addresses_that_show(tea, words=WORDS) == set(shelf_addresses(tea, words=WORDS))
    for prefix in LANGUAGES:
        page = read_product_page(tea, prefix=prefix)
        assert (page.status, page.states, page.availability) == (200, {"is-ok"}, {"InStock"})
        assert page.certification["certificationRating"]["ratingValue"] == 4
        assert page.can_be_bought
        assert page.is_indexed
    assert label_status(tea.certificate) == 200
    assert read_signed(tea.certificate)["is_valid"] is True
    assert stopped_codes() == {}


def test_lists_search_home_and_feeds_lose_it(tea, kind):
    stop(tea, kind)

    assert addresses_that_show(tea, words=WORDS) == set()


def test_its_page_says_that_it_is_not_on_sale_and_claims_no_star(tea, kind):
    stop(tea, kind)

    for prefix, words in zip(LANGUAGES, kind.words, strict=True):
        page = read_product_page(tea, prefix=prefix)
        assert page.status == kind.status
        assert page.states == {kind.badge}
        assert page.certification is None
        assert page.availability == {"Discontinued"}
        assert not page.can_be_bought
        assert not page.is_indexed
        assert words in page.text


def test_the_check_page_label_and_signed_json_tell_at_once(tea, kind):
    stop(tea, kind)
    certificate = tea.certificate

    for prefix, verdict in zip(LANGUAGES, kind.verdict, strict=True):
        page = read_check_page(certificate, prefix=prefix)
        assert verdict in page
        assert (kind.told or "") in page
    assert label_status(certificate) == 410
    signed = read_signed(certificate)
    assert (signed["is_valid"], signed["state"]) == (False, certificate_state(kind))
    assert stopped_codes() == ({certificate.code: kind.listed_as} if kind.listed_as else {})


def certificate_state(kind):
    return next(name for name, one in STOPS.items() if one is kind)


def test_the_registry_and_the_producers_page_show_it_as_what_it_is(tea, kind):
    stop(tea, kind)

    for path in ("/so-dang-ky/", f"/nha-san-xuat/{tea.producer.profile.slug}/"):
        for prefix in LANGUAGES:
            page = Client().get(prefix + path).content.decode()
            row = page[page.index(tea.certificate.code) :]
            assert kind.badge in row
            assert "is-ok" not in page


def test_a_basket_keeps_the_line_flagged_and_checkout_refuses_it(client, tea, kind):
    add(client, tea, 2)
    stop(tea, kind)

    for prefix in LANGUAGES:
        basket = client.get(f"{prefix}/gio-hang/")
        assert NAME in words_of(basket)
        assert 'href="/thanh-toan/"' not in basket.content.decode()
    answer = Client().post(f"/gio-hang/them/{tea.product_id}/", {"quantity": 1})
    assert answer.status_code in {302, 303, 409}
    assert Client().get("/gio-hang/").status_code == 200


def test_an_order_that_was_about_to_be_placed_is_refused(client, tea, kind):
    add(client, tea, 1)
    form = fill(client) | {"action": "place"}
    stop(tea, kind)

    answer = client.post("/thanh-toan/", form)

    assert answer.status_code == 409
    assert Parcel.objects.count() == 0


def test_a_wish_list_says_that_it_cannot_be_bought(tea, kind):
    buyer = make_user()
    keep_wish(user_id=buyer.pk, product_id=tea.product_id)
    stop(tea, kind)

    wish = read_wish(wish_lines(user_id=buyer.pk).get(), today=clock.today())

    assert not wish.is_purchasable
    assert not wish.certificate.is_valid


def parcels_of_every_kind(tea):
    """One parcel unpaid, one waiting, one being packed, one shipped."""
    unpaid, waiting, packing, shipped = (make_order((tea, 1)).parcels.get() for _ in range(4))
    Parcel.objects.filter(pk=unpaid.pk).update(status="pending")
    for parcel in (packing, shipped):
        confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now())
    ship_parcel(parcel_id=shipped.pk, carrier="GHN", tracking_number="1", actor=SYSTEM, now=clock.now())
    return unpaid, waiting, packing, shipped


@pytest.mark.parametrize(
    ("name", "at_once", "hours", "later"),
    [
        # What was sold under a valid star is honoured to its end.
        ("expired", ["pending", "to_confirm", "packing", "shipped"], 24 * 8, ["pending", "to_confirm", "packing", "shipped"]),
        ("suspended", ["cancelled", "on_hold", "on_hold", "shipped"], 24 * 7, ["cancelled", "cancelled", "cancelled", "shipped"]),
        ("revoked", ["cancelled", "on_hold", "on_hold", "shipped"], 48, ["cancelled", "cancelled", "cancelled", "shipped"]),
    ],
)
def test_orders_fare_as_the_table_says(tea, name, at_once, hours, later):
    parcels = parcels_of_every_kind(tea)

    def statuses():
        found = dict(Parcel.objects.values_list("pk", "status"))
        return [found[parcel.pk] for parcel in parcels]

    STOPS[name].stop(tea.certificate)
    settle_unfinished_stops(now=clock.now())
    assert statuses() == at_once
    # A moment before the deadline nothing has changed yet.
    cancel_parcels_held_too_long(now=clock.now() + timedelta(hours=hours, minutes=-1))
    assert statuses() == at_once
    cancel_parcels_held_too_long(now=clock.now() + timedelta(hours=hours))
    assert statuses() == later


@pytest.mark.parametrize(("is_safety_matter", "recalled"), [(False, 0), (True, 1)])
def test_buyers_of_shipped_goods_are_told_only_of_danger(tea, is_safety_matter, recalled):
    parcels_of_every_kind(tea)

    revoke(tea.certificate, is_safety_matter=is_safety_matter)

    assert OutboxMessage.objects.filter(kind="parcel_recalled").count() == recalled


def test_a_replaced_certificate_leaves_the_shelf_to_the_newer_one(client, tea):
    older = tea.certificate
    held = make_order((tea, 1)).parcels.get()
    add(client, tea, 1)

    newer = supersede(older)

    tea.refresh_from_db()
    older.refresh_from_db()
    cache.clear()
    assert addresses_that_show(tea, words=WORDS) == set(shelf_addresses(tea, words=WORDS))
    for prefix in LANGUAGES:
        page = read_product_page(tea, prefix=prefix)
        assert page.certification["certificationIdentification"] == newer.code
        assert page.certification["certificationRating"]["ratingValue"] == 5
        assert page.states == {"is-ok"}
        replaced = read_check_page(older, prefix=prefix)
        assert newer.code in replaced
    assert "Giấy chứng nhận đã được thay bằng giấy mới" in read_check_page(older)
    assert "This certificate was replaced by a newer one" in read_check_page(older, prefix="/en")
    assert (label_status(older), label_status(newer)) == (410, 200)
    assert (read_signed(older)["is_valid"], read_signed(newer)["is_valid"]) == (False, True)
    assert stopped_codes() == {older.code: "superseded"}
    held.refresh_from_db()
    assert held.status == "to_confirm"
    assert order(client).status_code == 303
    assert set(Parcel.objects.exclude(pk=held.pk).get().lines.values_list("certificate__code", "stars")) == {(newer.code, 5)}


def test_the_day_of_the_sale_is_answered_for_a_certificate_that_stopped_later(tea):
    certificate = tea.certificate
    yesterday = clock.today() - timedelta(days=1)

    suspend(certificate)

    assert "có, giấy còn hiệu lực, 4 sao." in read_check_page(certificate, day=yesterday)
    assert "không, giấy đã bị đình chỉ hoặc thu hồi." in read_check_page(certificate, day=clock.today())


def test_nothing_is_kept_for_longer_than_a_minute(tea):
    paths = {*shelf_addresses(tea, words=WORDS), product_path(tea), f"/en{product_path(tea)}", "/so-dang-ky/"}

    for path in paths:
        kept = Client().get(path)["Cache-Control"]
        seconds = next((int(part.split("=")[1]) for part in kept.split(", ") if part.startswith("s-maxage=")), 0)
        # What the shop itself keeps of the page, and then what a shared cache keeps of that.
        assert seconds + LIFETIME_SECONDS <= 60, path
        assert "no-store" in kept or "max-age=0" in kept
    assert SHARED_SECONDS + LIFETIME_SECONDS <= 60
