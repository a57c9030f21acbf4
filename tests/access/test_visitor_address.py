import pytest
from django.test import RequestFactory

from shop.access.visitor_address import visitor_address


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("10.0.3.2", "198.51.100.4", "198.51.100.4"),
        ("10.0.3.2", "1.2.3.4, 198.51.100.4", "198.51.100.4"),
        ("8.8.8.8", "198.51.100.4", "8.8.8.8"),
        ("", "198.51.100.4", ""),
    ],
    ids=["no proxy", "proxy inside", "what the visitor claims", "a stranger's header", "no peer"],
)
def test_visitor_address(peer, forwarded, expected):
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)

    assert visitor_address(request) == expected
