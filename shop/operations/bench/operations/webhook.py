"""Stripe reports something: its signature is checked and it is written down."""

import hashlib
import hmac
import json
import random
import time

from ..client import Request, Visit
from ..measuring import Maker
from ..operation import Goal, Operation
from ..surroundings import CARD_SECRET
from ..world import World

PATH = "/callbacks/stripe/"
KIND = "customer.updated"  # the shop has no use for it, so that no worker asks anybody


def report(text: bytes) -> Request:
    """Return the request of a signed report."""
    now = int(time.time())
    digest = hmac.new(CARD_SECRET.encode(), f"{now}.".encode() + text, hashlib.sha256).hexdigest()
    return Request(PATH, json=text, headers={"Stripe-Signature": f"t={now},v1={digest}"})


def tell(chance: random.Random) -> Visit:
    """Report something new, of the size such reports have."""
    about = {"id": f"cus_{chance.getrandbits(80):x}", "object": "customer", "metadata": {"note": "x" * 2000}}
    event = {"id": f"evt_{chance.getrandbits(120):x}", "type": KIND, "livemode": False, "data": {"object": about}}
    yield report(json.dumps(event).encode())


def visits(world: World) -> Maker:  # noqa: ARG001  reports come from outside
    return tell


OPERATION = Operation("webhook accepted", visits, goals=(Goal("p95_ms", most=50),))
