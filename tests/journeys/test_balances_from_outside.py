"""Mixed orders: every producer's balance reckoned again from the audit views and the bank's files alone, to the đồng.

`BALANCE_ORDERS=1000` plays so many orders instead of a few dozen; `make soak` does.
"""

import os
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.db import connection

from shop.domain.payouts.models import BankAccount, Payout
from shop.operations.audit_views import create_views
from shop.operations.invariants import broken_invariants

from .mixed_orders import live, make_world, pay_out, refund_some

pytestmark = pytest.mark.django_db

ORDERS = int(os.environ.get("BALANCE_ORDERS", "32"))
ROUNDS = 2 if ORDERS < 200 else 8
SELLERS = 3 if ORDERS < 200 else 12
COMMISSION, TAXES = Decimal(7), (Decimal(1), Decimal("0.5"))
# Money was taken for these, and none for parcels that wait for it or were dropped.
LIVE = ("to_confirm", "packing", "shipped", "delivered", "closed")


def rounded(amount):
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def ask(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def reckon(world, paid_rows):
    """What each producer is owed now and has held: after commission, tax and refunds, less cash it took and what was paid."""
    back = defaultdict(int)
    for parcel_id, amount in ask("SELECT parcel_id, amount FROM audit.refunds WHERE status <> 'requested'"):
        back[parcel_id] += amount
    paid = dict(ask("SELECT order_id, sum(captured) FROM audit.payments GROUP BY 1"))
    methods = dict(ask("SELECT order_id, payment_method FROM audit.orders"))
    owed, held = defaultdict(int), defaultdict(int)
    parcels = "SELECT parcel_id, order_id, producer_id, status, goods_total, discount_total, total FROM audit.parcels"
    for parcel_id, order_id, producer_id, status, goods, discount, total in ask(parcels):
        is_paid = status in {"delivered", "closed"} if methods[order_id] == "cod" else paid[order_id] > 0
        if status not in LIVE or not is_paid:
            continue
        side = owed if status == "closed" else held
        own, shops = (discount, 0) if order_id in world.given_by_producer else (0, discount)
        is_household = producer_id in world.households
        side[producer_id] += earned(goods - own, total, back[parcel_id], shops, is_household=is_household)
        if status == "closed" and parcel_id in world.brought_by_producer:
            side[producer_id] -= int(total)
    holders = dict(BankAccount.objects.values_list("account_number", "producer"))
    for row in paid_rows:
        owed[holders[row[4]]] -= row[6]
    return owed, held


def earned(goods, total, back, shops, *, is_household):
    """A producer's part of a parcel of which so much went back, the shop having paid `shops` of it; each tax is rounded once."""
    commission = rounded(goods * COMMISSION / 100)
    tax = sum(rounded(goods * percent / 100) for percent in TAXES) if is_household else 0
    returned = Decimal(back) / total
    gave_back = back + rounded(shops * returned) - rounded(commission * returned) - rounded(tax * returned)
    return int(total) + shops - commission - tax - gave_back


def in_the_books(kind):
    balances = "SELECT split_part(account, ':', 2)::int, -sum(amount) FROM audit.ledger"
    found = ask(f"{balances} WHERE split_part(account, ':', 1) = %s GROUP BY 1", kind)
    return {producer_id: int(amount) for producer_id, amount in found if amount}


def test_every_balance_is_found_again_to_the_dong(settings, monkeypatch):
    create_views()
    world = make_world(seed=20261128, sellers=SELLERS, stock=20 * ORDERS, settings=settings, monkeypatch=monkeypatch)
    paid_rows = []
    for number in range(ROUNDS):
        live(world, ORDERS // ROUNDS)
        refund_some(world, key=f"before-{number}")
        paid_rows += pay_out(world)
        # After the payout: balances go down, below nothing for some.
        refund_some(world, key=f"after-{number}")

    owed, held = reckon(world, paid_rows)

    assert in_the_books("producer_payable") == {pk: amount for pk, amount in owed.items() if amount}
    assert in_the_books("producer_held") == {pk: amount for pk, amount in held.items() if amount}
    assert Payout.objects.filter(status="paid").exists()
    assert {method for (method,) in ask("SELECT DISTINCT method FROM audit.payments WHERE captured > 0")} == {
        "cod",
        "vietqr",
        "card",
    }
    (used, limit) = ask("SELECT used, usage_limit FROM audit.vouchers WHERE code = 'CHUNG2026'")[0]
    assert 0 < used <= limit
    assert world.given_by_producer
    assert broken_invariants() == []
