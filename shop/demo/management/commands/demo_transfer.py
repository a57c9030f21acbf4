"""`manage.py demo_transfer OC-…`: plays the bank of a demonstration, so that an order waiting for a transfer becomes paid."""

import json
import secrets
import time
import urllib.error
import urllib.request

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shop.common import clock
from shop.domain.ordering.paying import outstanding_vnd
from shop.domain.payments.bank_feed import CURRENCY, sign
from shop.oscar_forks.order.models import Order


class Command(BaseCommand):
    help = "Tells the shop, as a bank would, that the transfer for an order has come. For demonstrations only."

    def add_arguments(self, parser):
        parser.add_argument("number", metavar="ORDER_NUMBER", help="for example OC-7K2M9QXD")
        parser.add_argument("--amount", type=int, help="whole đồng; what the order costs when not given")
        parser.add_argument("--memo", help="what the payer wrote; the order's number when not given")

    def handle(self, *, number, amount, memo, **options):
        if not (settings.DEMO and settings.BANK_WEBHOOK_SECRET):
            raise CommandError("Transfers are played only with DEMO=1 and a made-up account: start the shop with `make run`.")
        order = Order.objects.filter(number=number.strip().upper()).first()
        if order is None:
            raise CommandError(f"There is no order {number}.")
        amount = outstanding_vnd(order=order) if amount is None else amount
        answer = post_signed(movement_of(amount, order.number.replace("-", "") if memo is None else memo))
        self.stdout.write(f"The bank told the shop of {amount:,} đ for {order.number}; the shop said «{answer}».")


def movement_of(amount: int, memo: str) -> bytes:
    """A movement as the feed tells it, with an id of its own."""
    movement = {
        "id": f"DEMO{secrets.token_hex(8).upper()}",
        "amount": amount,
        "currency": CURRENCY,
        "memo": memo,
        "booked_at": (clock.now() - clock.moved_by()).isoformat(),
        "account": settings.VIETQR_ACCOUNT,
    }
    return json.dumps(movement).encode()


def post_signed(body: bytes) -> str:
    """Sign and post to the shop on this machine; returns its answer."""
    timestamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "X-Bank-Timestamp": timestamp,
        "X-Bank-Signature": sign(body=body, timestamp=timestamp, secret=settings.BANK_WEBHOOK_SECRET),
    }
    request = urllib.request.Request(f"http://127.0.0.1:{settings.PORT}/callbacks/bank/", data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 -- the same
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()
    except OSError as error:
        raise CommandError(f"The shop does not answer on port {settings.PORT}: start it with `make run` first.") from error
