import socket

import pytest

from shop.common.webhook import AddressRefused, NoAnswer, post_json


def resolve_to(monkeypatch, *addresses):
    """Let every name lead to these addresses."""

    def answer(_host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", answer)


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.7"],
        ["127.0.0.1"],
        ["169.254.169.254"],
        ["192.168.1.1"],
        ["0.0.0.0"],  # noqa: S104 -- an address to refuse
        ["8.8.8.8", "10.0.0.7"],
    ],
)
def test_post_json_refuses_a_name_that_leads_inside(monkeypatch, addresses):
    resolve_to(monkeypatch, *addresses)

    with pytest.raises(AddressRefused):
        post_json("https://sms.example.vn/send", body=b"{}", headers={})


@pytest.mark.parametrize("url", ["http://[::1]:1/", "http://localhost:1/", "http://127.0.0.1:1/"])
def test_post_json_goes_to_loopback_where_that_is_written(url):
    with pytest.raises(NoAnswer):
        post_json(url, body=b"{}", headers={})


def test_post_json_connects_to_the_address_it_checked(monkeypatch):
    resolve_to(monkeypatch, "203.0.113.9", "8.8.8.8")
    monkeypatch.setattr("shop.common.webhook.ipaddress.IPv4Address.is_global", True)
    tried = []

    def refuse(address, **_):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)

    with pytest.raises(NoAnswer):
        post_json("https://sms.example.vn/send", body=b"{}", headers={})

    assert tried == [("203.0.113.9", 443), ("8.8.8.8", 443)]
