"""Lines of a statement: what is new is taken once, what is known stays as it is, what is odd is named."""

from datetime import date, datetime

import pytest

from shop.common import clock
from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ordering.statement_taking import compare_lines, take_lines
from shop.domain.payments.models import BankTransfer
from shop.domain.payments.statement_reading import StatementRow
from shop.domain.producers.staff import actor_of
from tests.factories import make_officer
from tests.factories.transfers import make_transfer, open_account

pytestmark = pytest.mark.django_db
NOW = clock.now()
DAY = date(2026, 11, 20)


@pytest.fixture
def rows(settings):
    """One line that is known, one known with another amount, one nobody can read, and two new ones."""
    open_account(settings)
    make_transfer(70_000, reference="FT1")
    make_transfer(70_000, reference="FT2")
    return [
        StatementRow(2, "FT1", 70_000, "mua che", DAY),
        StatementRow(3, "FT2", 70_001, "mua che", DAY),
        StatementRow(4, "FT2", 1_000, "mua che", DAY, "twice"),
        StatementRow(5, "FT3", 20_000, "mua mat", DAY),
        StatementRow(6, "FT4", 30_000, "mua muoi", None),
    ]


def test_each_line_is_held_against_what_is_known(rows):
    lines = compare_lines(rows=rows)

    assert [(line.row, line.problem, line.is_new) for line in lines] == [
        (rows[0], "", False),
        (rows[1], "other_amount", False),
        (rows[2], "twice", False),
        (rows[3], "", True),
        (rows[4], "", True),
    ]
    assert [line.transfer and line.transfer.bank_reference for line in lines] == ["FT1", "FT2", None, None, None]


def test_what_is_new_is_taken_once_and_written_down(rows):
    officer = actor_of(user=make_officer())

    taken = [take_lines(rows=rows, file_name="sao-ke.csv", actor=officer, now=NOW) for _ in range(2)]

    assert (taken, BankTransfer.objects.count()) == ([2, 0], 4)
    dated, undated = BankTransfer.objects.order_by("pk")[2:]
    assert (dated.bank_reference, dated.amount_vnd, dated.memo, dated.source) == ("FT3", 20_000, "mua mat", "statement")
    assert dated.booked_at == datetime(2026, 11, 20, tzinfo=SHOP_TIME_ZONE)
    assert (undated.booked_at, undated.received_at) == (NOW, NOW)
    entry = AuditEntry.objects.get(action="statement.taken")
    assert (entry.object_type, entry.object_id, entry.label, entry.actor_id) == (
        "statement",
        "FT3",
        "sao-ke.csv",
        officer.user_id,
    )
    assert (entry.at, entry.detail["new"]) == (NOW, {"rows": 2, "amount_vnd": 50_000})
