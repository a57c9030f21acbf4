"""Valkey away: pages are made for each visit, slower and right; nothing is refused."""

import pytest
from django.conf import settings as configured
from django.core.cache import caches
from django.db import transaction

from shop.common import shown_versions
from shop.common.forgiving_cache import ForgivingRedisCache
from shop.web.storefront import context
from shop.web.storefront.page_cache import copies
from tests.factories import make_listing

from .asking import get, is_hit, page_cache, product_path  # noqa: F401 -- a fixture for all

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def nobody_answers(monkeypatch):
    """A cache whose server does not exist, where the page cache and its marks look."""
    away = ForgivingRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": configured.CACHES["default"]["OPTIONS"]})

    def put(cache):
        for module in (copies, shown_versions, context):
            monkeypatch.setattr(module, "cache", cache)

    put(away)
    return put


def test_the_shop_stays_open(nobody_answers):
    listing = make_listing("Chè búp")
    for path in ("/", "/san-pham/", product_path(listing)):
        answers = [get(path), get(path), get(path, if_none_match=get(path)["ETag"])]

        assert [one.status_code for one in answers] == [200, 200, 304]
        assert not any(is_hit(one) for one in answers)
        assert answers[0]["Cache-Control"] == "public, max-age=0, s-maxage=30"


def test_a_change_is_written_all_the_same(nobody_answers):
    listing = make_listing("Chè búp")
    with transaction.atomic():
        type(listing.product).objects.update(title="Chè xanh")
        shown_versions.show_products_anew([listing.product_id])

    assert "Chè xanh" in get(product_path(listing)).content.decode()


def test_a_change_that_valkey_never_heard_of_ends_with_the_copy(nobody_answers):
    listing = make_listing("Chè búp")
    away = copies.cache
    nobody_answers(caches["default"])
    get(product_path(listing))
    nobody_answers(away)
    with transaction.atomic():
        type(listing.product).objects.update(title="Chè xanh")
        shown_versions.show_products_anew([listing.product_id])
    nobody_answers(caches["default"])

    old = get(product_path(listing))
    # Half a minute is over.
    caches["default"].clear()
    assert (is_hit(old), "Chè xanh" in old.content.decode()) == (True, False)
    assert "Chè xanh" in get(product_path(listing)).content.decode()
