from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import RequestFactory

import shop
from shop.access.visitor_address import visitor_address
from shop.web.storefront.checkout.order_access import WRONG_LINKS_PER_MINUTE

# The gate of /metrics asks who connects, and a page made for nobody comes from nowhere.
ASK_FOR_THE_PEER = {"access/visitor_address.py", "web/callbacks/metrics.py", "web/storefront/page_cache/visitors.py"}


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("10.0.3.2", "198.51.100.4", "198.51.100.4"),
        ("10.0.3.2", "1.2.3.4, 198.51.100.4", "198.51.100.4"),
        ("8.8.8.8", "198.51.100.4", "8.8.8.8"),
        ("", "198.51.100.4", ""),
        ("10.0.3.2", "x" * 300, "10.0.3.2"),
    ],
    ids=["no proxy", "proxy inside", "what the visitor claims", "a stranger's header", "no peer", "no address at all"],
)
def test_visitor_address(peer, forwarded, expected):
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)

    assert visitor_address(request) == expected


def test_nobody_else_takes_the_proxy_for_the_visitor():
    top = Path(shop.__file__).parent
    found = {str(path.relative_to(top)) for path in top.rglob("*.py") if "REMOTE_ADDR" in path.read_text()}

    assert found == ASK_FOR_THE_PEER


@pytest.mark.django_db
def test_who_tries_links_behind_a_proxy_stops_nobody_else_behind_it(client):
    cache.clear()

    def knock(visitor):
        return client.get("/don-hang/OC-KHONGCO/x/", REMOTE_ADDR="10.0.3.2", headers={"x-forwarded-for": visitor}).status_code

    tried = [knock("198.51.100.4") for _ in range(WRONG_LINKS_PER_MINUTE + 1)]

    assert (tried[0], tried[-1], knock("198.51.100.5")) == (404, 429, 404)
