"""Every invariant of the ledger is broken once, on purpose, and must be named."""

import pytest
from django.db import connection

from shop.common import clock
from shop.domain.ledger import postings
from shop.domain.parcels.models import Parcel
from shop.operations.invariants import broken_invariants
from shop.operations.invariants.books import BOOKS
from tests.factories import make_listing, make_order, make_producer
from tests.factories.ledger import capture_order, make_rule
from tests.operations.test_invariants import without_promises

pytestmark = pytest.mark.django_db

HARM = {
    "a ledger transaction sums to nothing and has all its entries": "UPDATE ledger_entry SET amount_vnd = amount_vnd + 1",
    "a parcel's split is what its buyer pays": "UPDATE ledger_parcelsplit SET shipping_vnd = shipping_vnd + 1",
    "commission is the sum of its shares and falls on all of the goods": (
        "UPDATE ledger_commissionshare SET commission_vnd = commission_vnd + 1"
    ),
    "a parcel is paid once": """
        INSERT INTO ledger_transaction (key, kind, at, entry_count) VALUES ('capture:99', 'capture', now(), 2);
        INSERT INTO ledger_entry (transaction_id, account_id, amount_vnd, parcel_id)
        SELECT max(id), 'bank', amount, (SELECT min(parcel_id) FROM ledger_parcelsplit)
        FROM ledger_transaction, (VALUES (9), (-9)) AS pair (amount) GROUP BY amount
    """,
    # From one side to another: it still sums to nothing.
    "the sides of a paid parcel hold what was frozen less what went back": """
        UPDATE ledger_entry SET amount_vnd = amount_vnd + CASE account_id WHEN 'commission' THEN 1 ELSE -1 END
        WHERE account_id IN ('commission', 'tax_withheld')
    """,
    "no more goes back for a parcel than was paid for it": (
        "UPDATE ledger_entry SET amount_vnd = -99999999 WHERE account_id = 'refund_due' AND parcel_id IS NOT NULL"
    ),
    "a buyer is never owed less than nothing": "UPDATE ledger_entry SET amount_vnd = 1 WHERE account_id = 'refund_due'",
    "only a closed parcel is cleared, and none while its order is disputed": """
        INSERT INTO ledger_transaction (key, kind, at, entry_count, order_id)
        SELECT 'dispute:dp_0:open', 'dispute_opened', now(), 2, order_id FROM ledger_transaction WHERE kind = 'clearing';
        UPDATE parcels_parcel SET status = 'closed';
        INSERT INTO ledger_transaction (key, kind, at, entry_count, order_id)
        SELECT 'clear:' || min(parcel_id), 'clearing', now(), 2, min(order_id) FROM ledger_entry
        JOIN ledger_transaction AS posted ON posted.id = transaction_id
    """,
    "a payout takes no more than what was cleared": """
        UPDATE ledger_entry SET amount_vnd = amount_vnd + 1 FROM ledger_transaction AS posted
        WHERE posted.id = transaction_id AND posted.kind = 'payout' AND account_id LIKE 'producer_payable:%'
    """,
}


@pytest.fixture
def books():
    """An order that was paid, refunded in part, disputed and won, cleared, paid out; another that waits."""
    make_rule(7)
    now = clock.now()
    honey = make_listing("Mật ong", price_vnd=290_500, producer=make_producer("Hộ Ong", kind="household_business"))
    order = make_order((make_listing(), 2), (honey, 1))
    make_order((honey, 1))
    capture_order(order)
    payment = order.payments.get()
    tea, parcel = order.parcels.order_by("pk")
    postings.refund(refund_id=1, parcel_id=tea.pk, amount_vnd=33_333, payment_id=payment.pk, now=now)
    postings.refund(refund_id=2, parcel_id=parcel.pk, amount_vnd=77_777, payment_id=payment.pk, now=now)
    postings.pay_refund(
        refund_id=2, order_id=order.pk, payment_id=payment.pk, account="gateway_clearing", amount_vnd=77_777, now=now
    )
    opened = {"order_id": order.pk, "payment_id": payment.pk, "amount_vnd": 100_000}
    postings.open_dispute(dispute_id="dp_1", now=now, **opened)
    postings.win_dispute(dispute_id="dp_1", now=now)
    close(parcel)
    owed = -postings.clear(parcel_id=parcel.pk, now=now).entries.get(account__kind="producer_payable").amount_vnd
    postings.pay_out(payout_id=1, producer_id=parcel.producer_id, amount_vnd=owed, now=now)
    # After the payout: the producer owes it, and that is right.
    postings.refund(refund_id=3, parcel_id=parcel.pk, amount_vnd=50_000, payment_id=payment.pk, now=now)
    return order


def close(parcel):
    """As `parcels.transitions` would have left it, for this look."""
    Parcel.objects.filter(pk=parcel.pk).update(status="closed")


def broken_books():
    return {broken.invariant for broken in broken_invariants() if broken.invariant in BOOKS}


def test_the_books_of_an_eventful_order_are_right(books):
    assert broken_books() == set()


def test_a_lost_dispute_is_right_too(books):
    payment = books.payments.get()
    lost = {"order_id": books.pk, "payment_id": payment.pk, "amount_vnd": 250_001}
    postings.open_dispute(dispute_id="dp_2", now=clock.now(), **lost)
    postings.lose_dispute(dispute_id="dp_2", now=clock.now())

    assert broken_books() == set()


def test_every_invariant_of_the_books_has_its_harm():
    assert set(HARM) == set(BOOKS)


@pytest.mark.parametrize("invariant", HARM, ids=str)
def test_a_broken_invariant_of_the_books_is_named(invariant, books):
    without_promises()
    connection.cursor().execute(HARM[invariant])

    assert invariant in broken_books()
