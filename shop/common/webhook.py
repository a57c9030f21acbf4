"""One JSON POST to a machine outside: five seconds, no redirect, and never by accident to a machine inside.

The name is resolved once and the connection goes to exactly that address, so that a name which answers differently
the second time leads nowhere.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import unquote, urlsplit

SECONDS_MAX = 5.0
ANSWER_BYTES_MAX = 2000


class AddressRefused(Exception):
    """The URL leads to a private, link-local or otherwise inner address."""


class NoAnswer(Exception):
    """The other side did not answer in time, or not in HTTP."""


@dataclass(frozen=True)
class Answer:
    """The status and the first words of what the other side said."""

    status: int
    text: str


def post_json(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    sign: Callable[[bytes, str], Mapping[str, str]] | None = None,
) -> Answer:
    """Post `body` to `url`; `sign(body, password of the URL)` adds headers. Raises AddressRefused or NoAnswer."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    signed = sign(body, unquote(parts.password)) if sign and parts.password else {}
    port = parts.port or (443 if secure else 80)
    connection = (_PinnedHTTPS if secure else _PinnedHTTP)(host, port, _outside_addresses(host, port))
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    try:
        connection.request("POST", path, body=body, headers={"Content-Type": "application/json", **headers, **signed})
        response = connection.getresponse()
        return Answer(status=response.status, text=response.read(ANSWER_BYTES_MAX).decode(errors="replace"))
    except (OSError, HTTPException) as error:
        raise NoAnswer(f"{type(error).__name__}: {error}") from error
    finally:
        connection.close()


def _outside_addresses(host: str, port: int) -> list[str]:
    """Resolve `host`; a loopback address is allowed only where the operator wrote loopback."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NoAnswer(f"{host}: {error}") from error
    addresses = [ipaddress.ip_address(entry[4][0]) for entry in found]
    is_written_loopback = host in {"localhost", "127.0.0.1", "::1"}
    for address in addresses:
        if not (address.is_global or (is_written_loopback and address.is_loopback)):
            raise AddressRefused(f"{host} leads to the inner address {address}")
    return [str(address) for address in addresses]


class _PinnedHTTP(HTTPConnection):
    """Speaks to the addresses that were checked, under the name that was asked for."""

    def __init__(self, host: str, port: int, addresses: list[str]):
        super().__init__(host, port, timeout=SECONDS_MAX)
        self._addresses = addresses

    def connect(self) -> None:
        for address in self._addresses[:-1]:
            try:
                self.sock = socket.create_connection((address, self.port), timeout=SECONDS_MAX)
            except OSError:
                continue  # the last address decides what is said of the failure
            return
        self.sock = socket.create_connection((self._addresses[-1], self.port), timeout=SECONDS_MAX)


class _PinnedHTTPS(_PinnedHTTP):
    """The same with the certificate checked against the name."""

    default_port = HTTPSConnection.default_port

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
