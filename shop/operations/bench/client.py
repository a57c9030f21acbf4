"""A visitor: one connection, one jar of cookies, and as little work of its own as can be."""

import re
import socket
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .counting import ASKED, COUNTED

SECONDS_TO_WAIT = 60
# All connections end at one worker by chance; a new one now and then evens that out.
REQUESTS_PER_CONNECTION = 25
EMPTY = (204, 304)


class Unexpected(Exception):
    """An answer no visitor should get: the bench stops, for its figures would mean nothing."""


@dataclass(frozen=True)
class Request:
    """One request; with a form, or JSON, it is a POST. Cookies are added to those of the visitor."""

    path: str
    form: dict[str, str] | None = None
    json: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    expected: tuple[int, ...] = (200,)

    def written(self, host: str, cookies: dict[str, str], *, counted: bool) -> bytes:
        """Return what goes over the wire."""
        body = urlencode(self.form).encode() if self.form is not None else self.json or b""
        lines = [f"{'POST' if body or self.form is not None else 'GET'} {self.path} HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if cookies := cookies | self.cookies:
            lines.append(f"Cookie: {'; '.join(f'{name}={value}' for name, value in cookies.items())}")
        if self.form is not None:
            lines += [f"Origin: http://{host}", "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        if self.json is not None:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        if counted:
            lines.append(f"{ASKED}: 1")
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True)
class Response:
    """One answer; `statements` is zero unless they were asked for."""

    status: int
    location: str
    body: bytes
    statements: int


def _reason(page: bytes) -> str:
    """What a page says about itself: its remark and the words beside its fields, or how it begins."""
    text = page.decode(errors="replace")
    remarks = re.findall(r'(?s)<p class="msg"[^>]*>(.{1,600}?)</p>', text)
    return " · ".join(" ".join(re.sub(r"<[^>]*>", " ", remark).split()) for remark in remarks) or text[:300]


# What a visitor does: yields requests, is sent the answers.
Visit = Generator[Request, Response, None]


class Client:
    """Makes visits, one after the other, each as somebody new."""

    def __init__(self, port: int, *, counted: bool = False) -> None:
        self.host = f"127.0.0.1:{port}"
        self.port = port
        self.counted = counted
        self.cookies: dict[str, str] = {}
        self.statements = 0
        self.request_seconds: list[float] = []
        self._asked = 0
        self._socket: socket.socket | None = None

    def make(self, visit: Visit) -> None:
        """Make a whole visit; raises Unexpected when an answer is not one of those it expects."""
        self.cookies, self.statements = {}, 0
        try:
            request = next(visit)
            while True:
                request = visit.send(self.ask(request))
        except StopIteration:
            pass  # the visit is over

    def ask(self, request: Request) -> Response:
        """Send one request and read the answer."""
        if self._socket is None or self._asked >= REQUESTS_PER_CONNECTION:
            self._connect()
        self._asked += 1
        began = time.perf_counter()
        self._socket.sendall(request.written(self.host, self.cookies, counted=self.counted))
        response = self._read()
        self.request_seconds.append(time.perf_counter() - began)
        if response.status not in request.expected:
            raise Unexpected(f"{request.path} answered {response.status}: {response.location or _reason(response.body)}")
        self.statements += response.statements
        return response

    def close(self) -> None:
        """Let go of the connection."""
        if self._socket is not None:
            self._reader.close()
            self._socket.close()
            self._socket = None

    def _connect(self) -> None:
        self.close()
        self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS_TO_WAIT)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._reader = self._socket.makefile("rb")
        self._asked = 0

    def _read(self) -> Response:
        first = self._reader.readline()
        if not first:
            raise Unexpected("the server closed the connection without an answer")
        status, headers = int(first.split(b" ", 2)[1]), {}
        while (line := self._reader.readline()) not in {b"\r\n", b""}:
            name, _, value = line.decode("latin-1").partition(":")
            self._note(headers, name.lower(), value.strip())
        length = 0 if status in EMPTY else int(headers.get("content-length", "0"))
        body = self._reader.read(length)
        if headers.get("connection") == "close":
            self.close()
        return Response(status, headers.get("location", ""), body, int(headers.get(COUNTED.lower(), "0")))

    def _note(self, headers: dict[str, str], name: str, value: str) -> None:
        headers[name] = value
        if name == "set-cookie":
            name, _, value = value.partition(";")[0].partition("=")
            self.cookies[name] = value
