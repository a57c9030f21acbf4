"""The books take nothing that does not balance, once only, and keep it."""

import pytest
from django.db import DatabaseError, connection, transaction

from shop.common import clock
from shop.domain.ledger.accounts import UnknownAccount
from shop.domain.ledger.models import Account, Entry, Transaction
from shop.domain.ledger.posting import NothingToPost, Posting, Unbalanced, balance_of, balances_of, post

pytestmark = pytest.mark.django_db


def tell(key="fee:1", *amounts, accounts=("bank", "gateway_fee", "commission")):
    entries = [Posting(account, amount) for account, amount in zip(accounts, amounts or (-500, 500), strict=False)]
    return post(key=key, kind=Transaction.Kind.FEE, entries=entries, now=clock.now())


def at_commit():
    """What the database asks when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_posting_moves_balances():
    tell("fee:1", -500, 300, 200)
    tell("fee:2", -50, 50)

    at_commit()
    assert balance_of("bank") == -550
    assert balances_of(["gateway_fee", "commission", "unallocated"]) == {"gateway_fee": 350, "commission": 200, "unallocated": 0}


def test_telling_twice_writes_once():
    first = tell("fee:1", -500, 500)

    assert tell("fee:1", -700, 700) == first
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(("amounts", "error"), [((-500, 499), Unbalanced), ((0, 0), NothingToPost)])
def test_what_does_not_balance_is_refused(amounts, error):
    with pytest.raises(error):
        tell("fee:1", *amounts)
    assert not Transaction.objects.exists()


@pytest.mark.parametrize("code", ["kitty", "producer_held", "producer_held:x", "bank:3", "commission:"])
def test_an_account_nobody_knows_is_refused(code):
    with pytest.raises(UnknownAccount):
        tell("fee:1", -500, 500, accounts=(code, "gateway_fee"))


@pytest.mark.parametrize(
    "harm",
    [
        "INSERT INTO ledger_entry (transaction_id, account_id, amount_vnd) SELECT id, 'bank', 1 FROM ledger_transaction",
        # A pair that sums to nothing, smuggled into the past.
        """
            INSERT INTO ledger_entry (transaction_id, account_id, amount_vnd)
            SELECT id, 'bank', amount FROM ledger_transaction, (VALUES (7), (-7)) AS pair (amount)
        """,
        "INSERT INTO ledger_transaction (key, kind, at, entry_count) VALUES ('x', 'fee', now(), 2)",
    ],
)
def test_the_database_asks_again_at_commit(harm):
    tell()
    at_commit()

    with pytest.raises(DatabaseError, match="does not balance"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(harm)


@pytest.mark.parametrize("table", ["entry", "transaction", "account", "parcelsplit", "commissionshare"])
@pytest.mark.parametrize("statement", ["UPDATE ledger_{} SET {} = {}", "DELETE FROM ledger_{}"])
def test_the_database_keeps_what_was_written(table, statement):
    tell()
    column = {"entry": "amount_vnd", "transaction": "at", "account": "kind", "parcelsplit": "frozen_at"}.get(table, "base_vnd")
    model = {"entry": Entry, "transaction": Transaction, "account": Account}.get(table)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE '%%_is_append_only'",
            [f"ledger_{table}"],
        )
        assert cursor.fetchone()[0] == 1
    if model is not None:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(table, column, column))
