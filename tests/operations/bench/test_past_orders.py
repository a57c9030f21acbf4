"""A few orders that were played become many, and every invariant holds of the many as it does of the few."""

import pytest
from django.conf import settings as of_the_run
from django.db import connection

from shop.common import clock
from shop.demo.payouts import play_payout
from shop.demo.sales import play_sales
from shop.embedded.postgres import EmbeddedPostgres
from shop.operations.audit_views import create_views
from shop.operations.auditing import audit_books
from shop.operations.bench.past_orders import make_room, multiply
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing, make_producer
from tests.factories.transfers import open_account

ORDERS = 60


@pytest.fixture
def superuser(transactional_db):
    """A connection of one who may leave triggers out."""
    with EmbeddedPostgres(of_the_run.RUN_DIR).connect(connection.settings_dict["NAME"]) as connected:
        yield connected


@pytest.fixture
def played(superuser, settings):
    """Six orders of two sellers, delivered, closed and paid out."""
    open_account(settings)
    create_views()
    make_room(superuser)
    sellers = [make_producer("Công ty Mẫu"), make_producer("Hộ Mẫu", kind="household_business")]
    for seller in sellers:
        make_listing(f"Chè {seller.name}", producer=seller, stock=100)
    orders = play_sales(producers=sellers, now=clock.now())
    audit_books(now=clock.now())
    play_payout(now=clock.now())
    return orders


def test_many_are_as_right_as_the_few(superuser, played):
    made = multiply(superuser, orders=ORDERS)

    assert (len(played), made, Order.objects.count()) == (6, ORDERS, ORDERS)
    assert broken_invariants() == []
    # The first producer's accounts serve eight copies, then comes the next.
    paid = superuser.execute("SELECT count(DISTINCT producer_id), count(*) FROM payouts_payout").fetchone()
    assert paid == (4, 20)


def test_what_is_wrong_of_one_is_wrong_of_all_its_copies(superuser, played):
    superuser.execute("UPDATE payments_payment SET captured_vnd = captured_vnd - 1 WHERE order_id = %s", [played[0].pk])
    multiply(superuser, orders=ORDERS)

    breaks = [one.what for one in broken_invariants() if one.invariant == "what a payment took is in the books"]
    assert len(breaks) == ORDERS // len(played)
