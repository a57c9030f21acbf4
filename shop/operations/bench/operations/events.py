"""Reports of card payments, done by a worker: each asks Stripe's stand-in again and moves order, books and outbox."""

import json
import random
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from shop.embedded.processes import CannotStart, start_process, stop_process

from ..client import Client, Request, Visit
from ..operation import Goal, Job
from ..stage import Stage
from ..surroundings import CARD_KEY, CARD_SECRET, ROOT
from ..world import World, look_around
from .checkout import PATH, TYPED, hidden_fields
from .first_add import press

ORDERS, ORDERS_FOR_A_LOOK = 60, 6
SECONDS_TO_START, SECONDS_TO_DO = 60, 300
UNDONE = "SELECT count(*) FROM payments_webhookevent WHERE state = 'new' AND type <> 'customer.updated'"
WRITTEN = "SELECT count(*) FROM payments_webhookevent WHERE type <> 'customer.updated'"


def buy_by_card(world: World, chance: random.Random, found: list[str]) -> Visit:
    """Order one unit and go as far as the page of the card; its address is added to `found`."""
    commune, province = chance.choice(world.communes)
    typed = TYPED | {"phone": f"09{chance.randrange(10**7, 10**8)}", "province": province, "commune": commune, "payment": "card"}
    yield press(chance.choice(world.affordable).pk)
    form = hidden_fields((yield Request(PATH)))
    form |= hidden_fields((yield Request(PATH, form={**typed, **form, "action": "refresh"})))
    placed = yield Request(PATH, form={**typed, **form, "action": "place"}, expected=(303,))
    thanks = yield Request(placed.location, expected=(303,))
    page = yield Request(thanks.location)
    token = page.body.decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    found.append((yield Request(thanks.location, form={"csrfmiddlewaretoken": token}, expected=(303,))).location)


def run(stage: Stage, *, is_quick: bool) -> dict[str, float]:
    """Pay orders by card while nobody works, then let a worker do what was reported."""
    orders = ORDERS_FOR_A_LOOK if is_quick else ORDERS
    port = _free_port()
    base = f"http://127.0.0.1:{port}"
    with (
        stage.web(STRIPE_API_BASE=base, UNPAID_ORDERS_MAX=str(ORDERS + 1)) as server,
        stage.connect() as database,
        _stand_in(stage, port, f"http://127.0.0.1:{server.port}/callbacks/stripe/"),
    ):
        world = look_around(database, stage.var_dir, port=server.port)
        client, chance, pages = Client(server.port), random.Random(orders), []  # noqa: S311  the same purchases each time
        for _ in range(orders):
            client.make(buy_by_card(world, chance, pages))
        for page in pages:
            _turn(base, f"sessions/{page.rpartition('/')[2]}/pay", {})
        # Five reports of each payment; the last comes when its fee is booked.
        _wait(lambda: _count(database, WRITTEN) >= orders * 5, "all reports were written down")
        reports = _count(database, UNDONE)
        with stage.worker_and_scheduler(STRIPE_API_BASE=base):
            _wait(lambda: _count(database, UNDONE) < reports, "the worker began")
            left, began = _count(database, UNDONE), time.perf_counter()
            _wait(lambda: _count(database, UNDONE) == 0, "all reports were done")
            seconds = time.perf_counter() - began
    return {"rate_alone": left / seconds}


@contextmanager
def _stand_in(stage: Stage, port: int, webhook_url: str) -> Iterator[None]:
    words = [
        "--port",
        str(port),
        "--key",
        CARD_KEY,
        "--memory",
        "-",
        "--webhook-url",
        webhook_url,
        "--webhook-secret",
        CARD_SECRET,
    ]
    log = stage.var_dir / "log" / "fake_stripe.log"
    process = start_process(
        [sys.executable, ROOT / "manage.py", "fake_stripe", *words, "--memory", "-"], log=log, environment=stage.environment()
    )
    try:
        _wait(lambda: _is_open(port), "the stand-in answered", seconds=SECONDS_TO_START)
        yield
    finally:
        stop_process(process)


def _turn(base: str, knob: str, asked: dict) -> None:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{base}/_stand_in/{knob}", json.dumps(asked).encode(), headers)  # noqa: S310  our own
    urllib.request.urlopen(request, timeout=30).close()  # noqa: S310  the same


def _count(database, query: str) -> int:
    row = database.execute(query).fetchone()
    database.rollback()
    return row[0]


def _wait(happened, what: str, *, seconds: float = SECONDS_TO_DO) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            raise CannotStart(f"The bench waited {seconds} seconds until {what}.")
        time.sleep(0.02)


def _is_open(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


JOB = Job("reports done (events)", run, goals=(Goal("rate_alone", least=20),))
