"""Misfortunes on demand: answers that are lost, late, wrong or refused, each for so many requests."""

import re
import threading
from dataclasses import dataclass
from http import HTTPStatus

from .errors import Refused


class Hangup(Exception):
    """The connection is dropped without an answer."""


@dataclass
class Fault:
    """What happens to requests whose path fits a regular expression.

    `delay` waits `seconds` before the work; `refuse` drops the connection before it, `lost` after it; `error` answers
    with `status` instead of it, `error_after` in spite of it. `is_kept` keeps such an error under the idempotency key,
    as Stripe does when the request had begun.
    """

    kind: str
    path: str = ".*"
    method: str = "POST"
    times: int = 1
    seconds: float = 0
    status: int = HTTPStatus.INTERNAL_SERVER_ERROR
    is_kept: bool = False

    def error(self) -> Refused:
        """The answer of Stripe on a bad day."""
        if self.status == HTTPStatus.TOO_MANY_REQUESTS:
            return Refused("Request rate limit exceeded.", status=self.status, code="rate_limit")
        return Refused("An unknown error occurred", status=self.status, kind="api_error", is_final=self.is_kept)


KINDS = {"delay", "refuse", "lost", "error", "error_after"}


class Faults:
    """What is to go wrong, in the order in which it was asked for."""

    def __init__(self):
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """Let it happen to the next requests it fits."""
        if fault.kind not in KINDS:
            raise Refused(f"Unknown kind of fault: {fault.kind}; there are {', '.join(sorted(KINDS))}")
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """No more misfortunes."""
        with self._lock:
            self._waiting.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that befalls this request."""
        with self._lock:
            for fault in self._waiting:
                if fault.method == method and re.fullmatch(fault.path, path):
                    fault.times -= 1
                    if fault.times < 1:
                        self._waiting.remove(fault)
                    return fault
        return None
