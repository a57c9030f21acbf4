"""The stand-in on a port: the API, the hosted pages and the knobs behind one door."""

import json
import socket
import threading
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .account import Account
from .api import Api
from .control import Control
from .errors import Refused
from .faults import Hangup
from .hosted import show
from .webhooks import Deliveries, Endpoint

SECONDS_BETWEEN_LOOKS = 0.5
LONGEST_BODY = 1_000_000
# The shop's address comes after the form in a redirect, so `form-action` cannot be narrower.
PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"


class StandIn:
    """One account, served until `stop`."""

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        path: Path | None = None,
        key: str = "",
        endpoints: list[Endpoint] | None = None,
    ):
        self.server = Server((host, port), Handler)
        self.base_url = f"http://{host}:{self.server.server_port}"
        self.account = Account(base_url=self.base_url, path=path)
        self.api = Api(self.account, key=key)
        self.deliveries = Deliveries(self.account, endpoints or [])
        self.control = Control(self.api, self.deliveries)
        self.server.stand_in = self
        self._over = threading.Event()

    def serve(self) -> None:
        """Answer until `stop`."""
        self.deliveries.start()
        threading.Thread(target=self._tick, daemon=True).start()
        self.server.serve_forever(poll_interval=0.1)

    def start(self) -> None:
        """Answer in the background, for tests."""
        threading.Thread(target=self.serve, daemon=True).start()

    def stop(self) -> None:
        """Close the door, and hang up on those who are still on the line."""
        self._over.set()
        self.server.shutdown()
        self.server.server_close()
        self.server.hang_up()

    def _tick(self) -> None:
        while not self._over.wait(SECONDS_BETWEEN_LOOKS):
            self.account.catch_up()


class Server(ThreadingHTTPServer):
    """A thread for every connection."""

    daemon_threads = True
    request_queue_size = 128
    stand_in: StandIn

    def __init__(self, *given: Any) -> None:
        self.lines: set[socket.socket] = set()
        super().__init__(*given)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the line; whoever keeps one open would otherwise be answered out of an account that is gone."""
        self.lines.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget it."""
        self.lines.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End every line that is open."""
        for line in list(self.lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    # Head and body leave together; apart, each answer would wait for the other side's acknowledgement.
    wbufsize = 65_536
    server: Server

    def do_GET(self) -> None:
        self.answer("")

    def do_DELETE(self) -> None:
        self.answer("")

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LONGEST_BODY:
            self.close_connection = True
            self.say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"", {})
            return
        self.answer(self.rfile.read(length).decode(errors="replace"))

    def answer(self, body: str) -> None:
        """Find out what was asked, and say it; nothing at all when the answer is to be lost."""
        parts = urlsplit(self.path)
        try:
            if parts.path.startswith("/_stand_in/"):
                self.answer_knob(parts.path, body)
            elif parts.path.startswith("/c/"):
                self.answer_browser(parts.path, body)
            else:
                headers = {name.lower(): value for name, value in self.headers.items()}
                answer = self.server.stand_in.api.answer(self.command, parts.path, parts.query, body, headers)
                self.say_json(answer[0], answer[2], answer[1])
        except Hangup:
            self.close_connection = True

    def answer_knob(self, path: str, body: str) -> None:
        """JSON in, JSON out; a page in somebody's browser cannot send that here."""
        if self.command == "POST" and self.headers.get_content_type() != "application/json":
            self.say_json(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, {"error": {"message": "Send JSON."}}, {})
            return
        try:
            self.say_json(HTTPStatus.OK, self.server.stand_in.control.answer(self.command, path, json.loads(body or "{}")), {})
        except Refused as refusal:
            self.say_json(refusal.status, refusal.body, {})
        except (TypeError, ValueError, KeyError) as error:
            self.say_json(HTTPStatus.BAD_REQUEST, {"error": {"message": f"{type(error).__name__}: {error}"}}, {})

    def answer_browser(self, path: str, body: str) -> None:
        """A page, or the way onwards."""
        page = show(self.server.stand_in.account, self.command, path, body, self.headers.get("Accept-Language", ""))
        if page is None:
            self.say(HTTPStatus.NOT_FOUND, b"404", {"Content-Type": "text/plain"})
        elif page.onwards:
            self.say(HTTPStatus.SEE_OTHER, b"", {"Location": page.onwards})
        else:
            head = {
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": PAGE_POLICY,
                "Cache-Control": "no-store",
            }
            self.say(page.status, page.html.encode(), head)

    def say_json(self, status: int, thing: dict, headers: dict) -> None:
        """An answer of the API."""
        self.say(status, json.dumps(thing).encode(), {"Content-Type": "application/json", **headers})

    def say(self, status: int, body: bytes, headers: dict) -> None:
        """Head and body at once."""
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the library's name
        """Be silent; what was asked is at /_stand_in/requests."""
