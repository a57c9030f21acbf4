"""Every invariant of returns is broken once, on purpose, and must be named."""

import pytest
from django.db import connection

from shop.operations.invariants import broken_invariants
from shop.operations.invariants.returns import RETURNS
from tests.factories import make_listing, make_producer
from tests.factories.returns import decide, make_delivered, make_disputed, make_received, make_return
from tests.operations.test_invariants import without_promises

pytestmark = pytest.mark.django_db

HARM = {
    "a return that ended with money has its refund, as large as was asked or decided": (
        "DELETE FROM payments_refund WHERE key LIKE 'return:%'"
    ),
    "money of a return goes back for its own parcel, and only when it ended so": (
        "UPDATE returns_returnrequest SET state = 'rejected' WHERE state = 'refunded'"
    ),
    "no more units come back than were sent": "UPDATE returns_returnline SET quantity = 99",
    "nobody pays for a parcel that came home undelivered or is lost": (
        "UPDATE parcels_parcel SET status = 'lost', delivered_at = NULL WHERE status = 'delivered'"
    ),
    "a parcel is not cleared while a return of it is open": "UPDATE parcels_parcel SET status = 'closed'",
}


@pytest.fixture
def returns():
    """One received, one decided with a part, one refused money, one open."""
    tea = make_listing(producer=make_producer(), stock=50)
    parcels = [make_delivered((tea, 2)) for _ in range(4)]
    make_received(parcels[0])
    decide(make_disputed(parcels[1], units=2), "part", amount_vnd=30_000)
    decide(make_disputed(parcels[2]), "none")
    make_return(parcels[3])


def test_every_invariant_of_returns_has_its_harm(returns):
    assert broken_invariants() == []
    assert set(HARM) == set(RETURNS)


@pytest.mark.parametrize("invariant", HARM, ids=str)
def test_a_broken_invariant_of_returns_is_named(invariant, returns):
    without_promises()
    with connection.cursor() as cursor:
        cursor.execute(HARM[invariant])

    assert invariant in {broken.invariant for broken in broken_invariants()}
