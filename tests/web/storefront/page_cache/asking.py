"""Asking for pages as visitors do, with the page cache switched on."""

import pytest
import redis
from django.conf import settings as configured
from django.test import Client

from shop.web.storefront.page_cache.copies import PREFIX


@pytest.fixture(autouse=True)
def page_cache(settings):
    """The page cache as the shop runs with it."""
    settings.PAGE_CACHE_SECONDS = 30
    # What the shop calls itself is no name the test client uses: nobody's host may matter.
    settings.BASE_URL = "http://127.0.0.1:8000"


def get(path, **headers):
    """A page as somebody without cookies gets it."""
    return Client().get(path, headers=headers or None)


def is_hit(response):
    """Whether the page was found, and not made for this visit."""
    return response.headers.get("Cache-Status", "").endswith("; hit")


def product_path(listing):
    """Its page, in Vietnamese."""
    return f"/san-pham/{listing.product.slug}-{listing.product_id}/"


def kept_keys():
    """The keys of all pages in the cache, locks and counters not counted."""
    with redis.Redis.from_url(configured.REDIS_URL) as valkey:
        keys = [key.decode() for key in valkey.keys(f"*{PREFIX}:*")]
    return [key for key in keys if len(key.rpartition(":")[2]) == 32]


def seconds_to_live():
    """The lifetimes of all kept pages."""
    with redis.Redis.from_url(configured.REDIS_URL) as valkey:
        return [valkey.ttl(key) for key in kept_keys()]
