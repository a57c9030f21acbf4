"""Deliveries of events: signed, repeated until somebody says 2xx, and on demand late, shuffled, several times or not at all."""

import hashlib
import heapq
import hmac
import http.client
import json
import random
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

from .account import Account
from .errors import Refused

CONNECTIONS = 8
SECONDS_FOR_AN_ANSWER = 10
LONGEST_PAUSE = 60
ATTEMPTS_MAX = 100
TICK_SECONDS = 0.05


@dataclass(frozen=True)
class Endpoint:
    """Where events go, and the secrets they are signed with: two while one is being replaced."""

    url: str
    secrets: tuple[str, ...]


@dataclass
class Manner:
    """How deliveries are made; a test may change it at any time."""

    copies: int = 1
    shuffle_seconds: float = 0
    delay_seconds: float = 0
    is_paused: bool = False


@dataclass(order=True)
class Delivery:
    """One event on its way to one address."""

    due: float
    event_id: str = field(compare=False)
    endpoint: Endpoint = field(compare=False)
    attempts: int = field(compare=False, default=0)


class Deliveries:
    """Everything that is on its way."""

    def __init__(self, account: Account, endpoints: list[Endpoint]):
        self.account = account
        self.endpoints = endpoints
        self.manner = Manner()
        self._waiting: list[Delivery] = []
        self._change = threading.Condition()
        self._busy = 0
        account.listeners.append(self.send)

    def start(self) -> None:
        """Begin, also with what an earlier life of the stand-in left."""
        for event in self.account.store.all("event"):
            if event["pending_webhooks"]:
                self.send(event)
        for _ in range(CONNECTIONS):
            threading.Thread(target=self._work, daemon=True).start()

    def send(self, event: dict) -> None:
        """Put an event on its way to every address."""
        with self._change:
            for endpoint in self.endpoints:
                for _ in range(self.manner.copies):
                    pause = self.manner.delay_seconds + random.uniform(0, self.manner.shuffle_seconds)  # noqa: S311  no secret
                    heapq.heappush(self._waiting, Delivery(time.monotonic() + pause, event["id"], endpoint))
            self._change.notify_all()

    def waiting(self) -> int:
        """How many deliveries have not arrived."""
        with self._change:
            return len(self._waiting) + self._busy

    def hurry(self) -> None:
        """Look at the manner again, and do now what waits for its next attempt."""
        with self._change:
            for delivery in self._waiting:
                delivery.due = 0
            self._change.notify_all()

    def _work(self) -> None:
        while True:
            delivery = self._next()
            arrived = self._deliver(delivery)
            with self._change:
                self._busy -= 1
                if not arrived and delivery.attempts < ATTEMPTS_MAX:
                    delivery.due = time.monotonic() + min(2 ** min(delivery.attempts, 10) / 2, LONGEST_PAUSE)
                    heapq.heappush(self._waiting, delivery)

    def _next(self) -> Delivery:
        with self._change:
            while True:
                if self._waiting and not self.manner.is_paused and self._waiting[0].due <= time.monotonic():
                    self._busy += 1
                    return heapq.heappop(self._waiting)
                self._change.wait(TICK_SECONDS if self._waiting else None)

    def _deliver(self, delivery: Delivery) -> bool:
        try:
            event = self.account.store.get("event", delivery.event_id)
        except Refused:
            return True
        delivery.attempts += 1
        payload = json.dumps(event, indent=2, ensure_ascii=False).encode()
        if not HTTPStatus.OK <= _post(delivery.endpoint, payload) < HTTPStatus.MULTIPLE_CHOICES:
            return False
        with self.account.lock:
            event["pending_webhooks"] = max(0, event["pending_webhooks"] - 1)
            self.account.store.keep(event)
        return True


def signature(payload: bytes, secrets: tuple[str, ...], *, at: int) -> str:
    """The header Stripe-Signature: one `v1` for each secret."""
    signed = f"{at}.".encode() + payload
    return ",".join([f"t={at}", *(f"v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}" for secret in secrets)])


def _post(endpoint: Endpoint, payload: bytes) -> int:
    parts = urlsplit(endpoint.url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS_FOR_AN_ANSWER)
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Stripe/1.0 (stand-in)",
        "Stripe-Signature": signature(payload, endpoint.secrets, at=int(time.time())),
    }
    try:
        connection.request("POST", parts.path or "/", body=payload, headers=headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
