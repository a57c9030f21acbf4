"""A shop with an account, its bank's feed, and orders that wait for a transfer."""

import json
import time

from shop.common import clock
from shop.domain.ordering.transfers import Arrival, take_transfer
from shop.domain.payments.bank_feed import sign
from shop.domain.payments.models import BankTransfer

from .listings import make_listing
from .ordering import make_order

SECRET = "a-secret-of-the-bank"
ACCOUNT = "1017595600"


def open_account(settings):
    """Give the shop of a test an account and a feed."""
    settings.VIETQR_BANK_BIN, settings.VIETQR_ACCOUNT, settings.VIETQR_ACCOUNT_NAME = "970436", ACCOUNT, "CHO OCOP"
    settings.BANK_WEBHOOK_SECRET = SECRET


def make_transfer_order(*lines, **changes):
    """An order that waits for a transfer."""
    return make_order(*(lines or [(make_listing(stock=9), 2)]), payment_method="vietqr", **changes)


def make_transfer(amount_vnd=70_000, *, memo="mua che", reference="FT1", source=BankTransfer.Source.FEED):
    """Money that came, and what the shop made of it."""
    now = clock.now()
    return take_transfer(arrival=Arrival(reference, amount_vnd, memo, now), source=source, now=now)


def movement(**changes):
    """A movement as the feed tells it."""
    values = {"id": "FT1", "amount": 100_000, "currency": "VND", "memo": "OC7K2M9QXD", "account": ACCOUNT}
    return values | {"booked_at": clock.now().isoformat()} | changes


def post_feed(client, told, *, secret=SECRET, at=None, signature=None):
    """Post a report to the shop, signed; a dict is written as JSON."""
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    timestamp = str(int(time.time()) if at is None else at)
    headers = {"X-Bank-Timestamp": timestamp}
    headers["X-Bank-Signature"] = sign(body=body, timestamp=timestamp, secret=secret) if signature is None else signature
    return client.post("/callbacks/bank/", body, content_type="application/json", headers=headers)
