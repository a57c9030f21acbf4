"""Every operation of the bench can be done in a small shop, and is one of a kind."""

import json
import random

import pytest
from django.core.management import call_command
from django.db import connection

from shop.common import clock
from shop.demo.seeding.acceptance import seed_acceptance
from shop.demo.seeding.load import seed_load
from shop.operations.bench.client import Client, Request, Unexpected
from shop.operations.bench.databases import PEOPLE
from shop.operations.bench.measuring import visit_for
from shop.operations.bench.operations import JOBS, OPERATIONS, first_add
from shop.operations.bench.operations.events import buy_by_card
from shop.operations.bench.operations.import_list import write_list
from shop.operations.bench.operations.pages import pages
from shop.operations.bench.surroundings import CARD_KEY, CARD_SECRET
from shop.operations.bench.world import look_around
from shop.oscar_forks.order.models import Order
from tests.fixtures.stand_in import KEY

# Without an address the shop would ask Stripe itself; nobody listens at this one.
CARDS = {"STRIPE_SECRET_KEY": CARD_KEY, "STRIPE_WEBHOOK_SECRET": CARD_SECRET, "STRIPE_API_BASE": "http://127.0.0.1:9"}


@pytest.fixture
def seeded(live_stack, settings, tmp_path):
    """The port of a small shop, and what there is to visit in it."""
    settings.DEMO = True
    call_command("load_taxonomy")
    (tmp_path / PEOPLE).write_text(json.dumps(seed_acceptance(seed=1, now=clock.now())))
    seed_load(products=60, now=clock.now())
    port = int(live_stack(environment=CARDS).rpartition(":")[2])
    return port, look_around(connection.connection, tmp_path, port=port)


def test_operations_have_names_of_their_own():
    names = [each.name for each in (*OPERATIONS, *JOBS)]

    assert len(names) == len(set(names))


def test_every_operation_can_be_done(seeded):
    port, world = seeded
    client = Client(port)
    for operation in OPERATIONS:
        for maker in (operation.prepare, operation.visits, operation.beside):
            if maker is not None:
                client.make(maker(world)(random.Random(operation.name)))  # noqa: S311  a visitor
    client.close()

    assert Order.objects.count() >= 2


def test_an_answer_nobody_should_get_ends_the_visit(seeded):
    port, _ = seeded

    with pytest.raises(Unexpected, match="answered 404"):
        visit_for(pages(lambda _world, _chance: "/khong-co/")(None), port=port, clients=2, seconds=60)


def test_visitors_are_strangers_to_one_another(seeded):
    port, world = seeded
    client = Client(port)
    client.make(first_add.OPERATION.visits(world)(random.Random(1)))  # noqa: S311  a visitor
    first = dict(client.cookies)
    client.make(iter_of(Request("/")))
    client.close()

    assert first
    assert client.cookies == {}


def iter_of(*requests):
    """A visit of these requests."""
    for request in requests:
        _answer = yield request  # a tuple cannot be sent the answers


def test_the_list_of_the_import_is_one_that_the_shop_reads(db, tmp_path, capsys):
    call_command("load_taxonomy")
    write_list(tmp_path / "list.csv", 30)

    given = {"authority": "UBND tỉnh Lâm Đồng", "number": "9/QĐ-UBND", "signed_on": "2026-11-01", "province": "Lâm Đồng"}
    call_command("import_decision", str(tmp_path / "list.csv"), json=True, **given)

    assert json.loads(capsys.readouterr().out.splitlines()[-1])["counts"]["new"] == 30


def test_a_purchase_by_card_leads_to_the_stand_in(live_stack, seeded, stand_in):
    _, world = seeded
    cards = CARDS | {"STRIPE_SECRET_KEY": KEY, "STRIPE_API_BASE": stand_in.base_url}
    client, pages_of_cards = Client(int(live_stack(environment=cards).rpartition(":")[2])), []

    client.make(buy_by_card(world, random.Random(1), pages_of_cards))  # noqa: S311  the same purchase each time
    client.close()

    assert [page.startswith(f"{stand_in.base_url}/c/pay/cs_test_") for page in pages_of_cards] == [True]
