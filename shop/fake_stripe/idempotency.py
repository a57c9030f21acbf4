"""Idempotency keys as Stripe documents them: the first answer again, and a refusal for other words under the same key."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus

from .account import Account
from .errors import Refused

SECONDS_KEPT = 24 * 3600
LONGEST_KEY = 255


class Keys:
    """The keys of an account, and those whose request is under way."""

    def __init__(self, account: Account):
        self._account = account
        self._busy: set[str] = set()

    def answer(self, key: str, words: str, work: Callable[[], tuple[int, dict]]) -> tuple[int, dict, bool]:
        """Do the work, or give its earlier answer; the third value says which."""
        if len(key) > LONGEST_KEY:
            raise Refused("Idempotency keys are at most 255 characters long.")
        fingerprint = hashlib.sha256(words.encode()).hexdigest()
        with self._alone(key):
            earlier = self._earlier(key)
            if earlier:
                if earlier["fingerprint"] != fingerprint:
                    raise Refused(
                        "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                        f"Try using a key other than '{key}' if you meant to execute a different request.",
                        kind="idempotency_error",
                    )
                return earlier["status"], earlier["body"], True
            try:
                status, body = work()
            except Refused as refusal:
                if refusal.is_final:
                    self._keep(key, fingerprint, refusal.status, refusal.body)
                raise
            self._keep(key, fingerprint, status, body)
            return status, body, False

    @contextmanager
    def _alone(self, key: str) -> Iterator[None]:
        with self._account.lock:
            if key in self._busy:
                raise Refused(
                    f"There is currently another in-progress request using this Idempotent Key: {key}",
                    status=HTTPStatus.CONFLICT,
                    kind="idempotency_error",
                    code="idempotency_key_in_use",
                )
            self._busy.add(key)
        try:
            yield
        finally:
            with self._account.lock:
                self._busy.discard(key)

    def _earlier(self, key: str) -> dict | None:
        try:
            kept = self._account.store.get("_key", key)
        except Refused:
            return None
        return kept if kept["created"] + SECONDS_KEPT > self._account.now() else None

    def _keep(self, key: str, fingerprint: str, status: int, body: dict) -> None:
        created = self._account.now()
        kept = {"object": "_key", "id": key, "fingerprint": fingerprint, "status": status, "body": body, "created": created}
        self._account.store.keep(kept)
