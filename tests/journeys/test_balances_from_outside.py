"""Mixed orders: every producer's balance reckoned again from the audit views and the bank's files alone, to the đồng."""

import random
from collections import defaultdict
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.db import connection

from shop.common import clock
from shop.domain.ordering.closing import close_due_parcels
from shop.domain.ordering.refunding import Cause, write_refund
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment
from shop.domain.payouts.approving import approve_batch
from shop.domain.payouts.bank_file import file_rows
from shop.domain.payouts.models import BankAccount, Payout, PayoutBatch
from shop.domain.payouts.preparing import prepare_batch
from shop.domain.payouts.settling import Answer, settle_payouts
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from shop.operations.audit_views import create_views
from shop.operations.invariants import broken_invariants
from tests.factories import make_listing, make_officer, make_order, make_producer
from tests.factories.ledger import make_rate, make_rule
from tests.factories.payouts import PERSON_CODE, deliver, look_at_books, make_bank_account

pytestmark = pytest.mark.django_db
ORDERS = 24
COMMISSION, WITHHELD = Decimal(7), Decimal("1.5")


def rounded(amount):
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@pytest.fixture
def sellers():
    """Two companies and a household, each with one product and a bank account that has cooled."""
    make_rule(COMMISSION)
    make_rate(1, "0.5")
    found = {}
    for name, kind in (("HTX Chè", "cooperative"), ("Công ty Mật ong", "enterprise"), ("Hộ Bánh", "household_business")):
        producer = make_producer(name, kind=kind)
        is_household = kind == "household_business"
        form = {"legal_form": "household", "tax_code": PERSON_CODE} if is_household else {}
        make_bank_account(producer, **form)
        found[producer.pk] = (make_listing(name, producer=producer, price_vnd=91_357, stock=500), is_household)
    return found


def live(sellers, dice):
    """Orders of one to three producers in cash, by carrier or the producer's own hands; some refunded, some late."""
    for _ in range(ORDERS):
        chosen = dice.sample(sorted(sellers), dice.randint(1, 3))
        order = make_order(*[(sellers[pk][0], dice.randint(1, 6)) for pk in chosen])
        fate = dice.choice(("old", "old", "old", "young", "waits"))
        if fate != "waits":
            deliver(order, days_ago=9 if fate == "old" else 2, carrier=dice.choice(("VNPost", "VNPost", "own")))
    close_due_parcels(now=clock.now())


def refund_some(dice, *, key):
    for parcel in Parcel.objects.filter(status__in=["delivered", "closed"]).order_by("pk"):
        payment = Payment.objects.get(order=parcel.order_id)
        if dice.random() < 0.25 and payment.can_be_refunded_vnd >= parcel.total_vnd:
            cause = Cause(f"{key}:{parcel.pk}", "goodwill", parcel)
            part = dice.randint(1, parcel.total_vnd // 3)
            write_refund(payment=payment, amount_vnd=part, cause=cause, actor=SYSTEM, now=clock.now())


def pay_a_round(dice):
    """One batch from preparing to the bank's answer; returns the rows of its file that the bank paid."""
    look_at_books()
    prepared = prepare_batch(actor=actor_of(user=make_officer()), now=clock.now())
    batch = approve_batch(batch_id=prepared.pk, actor=actor_of(user=make_officer()), now=clock.now())
    rows = [row for row in file_rows(batch=batch) if isinstance(row[0], int)]
    failed = {row[1] for row in rows if dice.random() < 0.3}
    answers = [Answer(payout.pk, payout.code not in failed, "FT1", "Sai tên") for payout in batch.payouts.filter(status="sent")]
    settle_payouts(batch_id=batch.pk, answers=answers, actor=SYSTEM, now=clock.now())
    PayoutBatch.objects.update(prepared_at=clock.now() - timedelta(days=8))
    return [row for row in rows if row[1] not in failed]


def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def reckon(sellers, paid_rows, carried_by_producer):
    """What each producer is owed: its closed parcels after commission, tax and refunds, less what the bank paid."""
    back = defaultdict(int)
    for parcel_id, amount in ask("SELECT parcel_id, amount FROM audit.refunds WHERE status <> 'requested'"):
        back[parcel_id] += amount
    owed = defaultdict(int)
    closed = "SELECT parcel_id, producer_id, goods_total, total FROM audit.parcels WHERE status = 'closed'"
    for parcel_id, producer_id, goods, total in ask(closed):
        commission = rounded(goods * COMMISSION / 100)
        # Two taxes, each rounded once.
        taxes = (Decimal(1), Decimal("0.5")) if sellers[producer_id][1] else ()
        tax = sum(rounded(goods * percent / 100) for percent in taxes)
        returned = Decimal(back[parcel_id]) / total
        given = back[parcel_id] - rounded(commission * returned) - rounded(tax * returned)
        owed[producer_id] += int(total) - commission - tax - given
        owed[producer_id] -= int(total) if parcel_id in carried_by_producer else 0
    holders = dict(BankAccount.objects.values_list("account_number", "producer"))
    for row in paid_rows:
        owed[holders[row[4]]] -= row[6]
    return owed


def test_every_balance_is_found_again_to_the_dong(sellers):
    create_views()
    dice = random.Random(20261128)  # noqa: S311 -- a round that can be played again
    live(sellers, dice)
    refund_some(dice, key="before")
    paid = pay_a_round(dice)
    # After the payout: balances go down, below nothing for some.
    refund_some(dice, key="after")
    live(sellers, dice)
    paid += pay_a_round(dice)
    refund_some(dice, key="late")

    own = set(Parcel.objects.filter(carrier="own").values_list("pk", flat=True))
    expected = reckon(sellers, paid, own)
    account = "SELECT split_part(account, ':', 2)::int, -sum(amount) FROM audit.ledger"
    books = dict(ask(f"{account} WHERE account LIKE 'producer_payable:%' GROUP BY 1"))

    assert Payout.objects.filter(status="paid").exists()
    assert {pk: int(amount) for pk, amount in books.items()} == dict(expected)
    assert broken_invariants() == []
