"""Takes guards out of placing an order, and lets a server die or fail in the middle of it."""

import os
import signal
import time
import uuid
from pathlib import Path
from types import SimpleNamespace

# How long a half-written order lies open to whatever happens next.
BETWEEN_PIECES_SECONDS = 0.1


class OrderRefused(Exception):
    """Why an order's transaction ends without a commit."""


def attempt_of_its_own(basket_id, request, preview_hash, now):
    """A key that no other press of the form has."""
    from shop.domain.ordering.models import CheckoutAttempt  # noqa: PLC0415 -- once every app is loaded

    return CheckoutAttempt.objects.create(
        key=uuid.uuid4(), basket_id=basket_id, request_hash=request.hash, preview_hash=preview_hash, created_at=now
    )


def commit_in_pieces():
    """Keep each step of an order as soon as it is done, as if there were no transaction around them."""
    from django.db import connection  # noqa: PLC0415 -- once every app is loaded

    from shop.domain.ordering import placing  # noqa: PLC0415 -- once every app is loaded

    def kept_at_once(step):
        def do(*arguments, **keywords):
            result = step(*arguments, **keywords)
            connection.connection.commit()
            time.sleep(BETWEEN_PIECES_SECONDS)
            return result

        return do

    placing._allocate = kept_at_once(placing._allocate)
    placing.write_order = kept_at_once(placing.write_order)


def forget_orders():
    """Take every press for the first one: no look at the order that is there, no key, no closed basket."""
    from shop.domain.ordering import placing  # noqa: PLC0415 -- once every app is loaded
    from shop.oscar_forks.basket.models import Basket  # noqa: PLC0415 -- once every app is loaded
    from shop.web.storefront.checkout import checkout  # noqa: PLC0415 -- once every app is loaded

    no_orders = SimpleNamespace(objects=SimpleNamespace(filter=lambda **_: SimpleNamespace(first=lambda: None)))

    def basket_as_if_open(*, basket_id):
        basket = Basket.objects.select_for_update().get(pk=basket_id)
        basket.status = Basket.OPEN
        return basket

    placing.Order = checkout.Order = no_orders
    placing.lock_basket = basket_as_if_open
    placing._lock_attempt = lambda _key, *rest: attempt_of_its_own(*rest)
    checkout.is_open = lambda _ticket: True


def die_after_commit():
    """Kill the process once its order is committed, before anybody hears of it; once for each file DEATH_NOTE names."""
    from django.db import transaction  # noqa: PLC0415 -- once every app is loaded

    from shop.domain.ordering import placing  # noqa: PLC0415 -- once every app is loaded

    note, tell = Path(os.environ["DEATH_NOTE"]), placing.tell_order_placed

    def die_if_told():
        try:
            note.unlink()
        except FileNotFoundError:
            return
        os.kill(os.getpid(), signal.SIGKILL)

    def tell_and_die(**order_and_now):
        # First in the row of what follows the commit: before the bell.
        transaction.on_commit(die_if_told)
        tell(**order_and_now)

    placing.tell_order_placed = tell_and_die


def fail_before_commit():
    """Let each order fail when all of it is written and nothing is committed."""
    from shop.domain.ordering import placing  # noqa: PLC0415 -- once every app is loaded

    tell = placing.tell_order_placed

    def tell_and_fail(**order_and_now):
        tell(**order_and_now)
        raise OrderRefused

    placing.tell_order_placed = tell_and_fail
