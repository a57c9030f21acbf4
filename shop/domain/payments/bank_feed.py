"""What the bank's feed tells of one movement: signed, read strictly, refused by one word when anything is odd.

The format is the shop's own and small; whoever connects a bank or a service translates into it (docs/OPERATIONS.md).
"""

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

PROVIDER = "bank"
CURRENCY = "VND"
# Older than this it may be somebody's recording.
TOLERANCE = timedelta(seconds=300)
BYTES_MAX = 64 * 1024
LONGEST_ID, LONGEST_MEMO = 64, 255
# More than this in one movement is somebody's mistake.
LARGEST_MOVEMENT_VND = 100_000_000_000
CLOCKS_DIFFER_BY = timedelta(days=1)


class FeedRefused(Exception):
    """The report is not believed, or tells of nothing that can pay an order; the reason is one word."""


def sign(*, body: bytes, timestamp: str, secret: str) -> str:
    """Return the signature of a report: HMAC-SHA256 in hexadecimal over «timestamp.body»."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def check_signature(*, body: bytes, timestamp: str, signature: str, at: datetime) -> None:
    """Believe only who knows the secret, and only now. Raises FeedRefused."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= len("9999999999")):
        raise FeedRefused("forged")
    expected = sign(body=body, timestamp=timestamp, secret=settings.BANK_WEBHOOK_SECRET)
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        raise FeedRefused("forged")
    if abs(at.timestamp() - int(timestamp)) > TOLERANCE.total_seconds():
        raise FeedRefused("stale")


def read_movement(*, body: bytes, at: datetime) -> dict[str, Any]:
    """Return id, amount, memo and moment of a movement that came to the shop's account. Raises FeedRefused."""
    try:
        # PostgreSQL keeps no such letter, and nobody needs it.
        told = json.loads(body.decode().replace("\\u0000", ""))
    except (ValueError, RecursionError):
        raise FeedRefused("unreadable") from None
    if not isinstance(told, dict):
        raise FeedRefused("unreadable")
    if told.get("currency") != CURRENCY:
        raise FeedRefused("other_currency")
    if not settings.VIETQR_ACCOUNT or told.get("account") != settings.VIETQR_ACCOUNT:
        raise FeedRefused("other_account")
    return {
        "id": _text(told, "id", longest=LONGEST_ID),
        "amount": _amount(told.get("amount")),
        "memo": _text(told, "memo", longest=LONGEST_MEMO, is_cut=True),
        "booked_at": _moment(told.get("booked_at"), at=at).isoformat(),
    }


def _amount(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise FeedRefused("amount_not_whole")
    if not 0 < value <= LARGEST_MOVEMENT_VND:
        raise FeedRefused("amount_out_of_range")
    return value


def _text(told: dict[str, Any], name: str, *, longest: int, is_cut: bool = False) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not (is_cut or 0 < len(value.strip()) <= longest):
        raise FeedRefused("unreadable")
    try:
        value.encode()  # half a letter that JSON can write and no database keeps
    except UnicodeEncodeError:
        raise FeedRefused("unreadable") from None
    return value.replace("\0", "").strip()[:longest]


def _moment(value: Any, *, at: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        moment = moment if moment.tzinfo else timezone.make_aware(moment)
        is_to_come = moment > at + CLOCKS_DIFFER_BY
    except (TypeError, ValueError, OverflowError):
        raise FeedRefused("unreadable") from None
    if is_to_come:
        raise FeedRefused("booked_in_future")
    return moment
