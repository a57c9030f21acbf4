"""Every invariant of payouts is broken once, on purpose, and must be named."""

import pytest
from django.db import connection

from shop.common import clock
from shop.domain.payouts.approving import approve_batch
from shop.domain.payouts.preparing import prepare_batch
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from shop.operations.invariants.payouts import PAYOUTS
from tests.factories import make_officer, make_producer
from tests.factories.payouts import look_at_books, make_earning
from tests.operations.test_invariants import without_promises

pytestmark = pytest.mark.django_db

HARM = {
    "a payout is in the books from its approval on, and back in them when it failed": (
        "UPDATE payouts_payout SET status = 'failed'"
    ),
    "a payout batch is the sum of its payouts": "UPDATE payouts_payoutbatch SET total_vnd = total_vnd + 1",
    "a payout batch that went out was signed by two": "UPDATE payouts_payoutbatch SET approved_by_id = prepared_by_id",
    "money goes to the account that the producer declared, after its cooling time": (
        "UPDATE payouts_bankaccount SET usable_from = now() + interval '1 day'"
    ),
    "a held or disputed parcel is never paid out": """
        INSERT INTO ledger_transaction (key, kind, at, entry_count, order_id)
        SELECT 'dispute:dp_1:open', 'dispute_opened', now() - interval '1 day', 2, order_id
        FROM ledger_transaction WHERE kind = 'clearing'
    """,
}


@pytest.fixture
def payouts():
    look_at_books()
    make_earning(make_producer())
    batch = prepare_batch(actor=actor_of(user=make_officer()), now=clock.now())
    return approve_batch(batch_id=batch.pk, actor=actor_of(user=make_officer()), now=clock.now())


def broken_payouts():
    return {broken.invariant for broken in broken_invariants() if broken.invariant in PAYOUTS}


def test_a_payout_that_went_its_way_is_right(payouts):
    assert broken_payouts() == set()


def test_every_invariant_of_payouts_has_its_harm():
    assert set(HARM) == set(PAYOUTS)


@pytest.mark.parametrize("invariant", HARM, ids=str)
def test_a_broken_invariant_of_payouts_is_named(invariant, payouts):
    without_promises()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER payouts_bankaccount_stays_as_declared ON payouts_bankaccount")
        cursor.execute(HARM[invariant])

    assert invariant in broken_payouts()
