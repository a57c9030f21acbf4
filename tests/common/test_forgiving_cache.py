"""What a page sees of the cache while Valkey is away."""

import pytest
from django.conf import settings
from django.core.cache import caches

from shop.common.forgiving_cache import ForgivingRedisCache


@pytest.fixture
def cache_of_nobody():
    """A cache whose server does not exist."""
    given = settings.CACHES["default"]
    return ForgivingRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": given["OPTIONS"]})


def test_a_cache_that_is_away_is_an_empty_one(cache_of_nobody):
    cache_of_nobody.set("price", 185_000)

    assert cache_of_nobody.get("price", "unknown") == "unknown"
    assert cache_of_nobody.get_many(["price"]) == {}
    assert cache_of_nobody.get_or_set("price", lambda: 185_000) == 185_000
    assert cache_of_nobody.incr("visits") == 1


def test_a_cache_that_is_there_remembers(db):
    cache = caches["default"]
    cache.set("price", 185_000)

    assert isinstance(cache, ForgivingRedisCache)
    assert (cache.get("price"), cache.add("price", 1)) == (185_000, False)
