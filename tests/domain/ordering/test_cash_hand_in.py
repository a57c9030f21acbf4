"""A carrier brings the cash it holds, slip by slip, and never more."""

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ledger.models import Transaction
from shop.domain.ledger.posting import Posting, balance_of, post
from shop.domain.ordering.cash_hand_in import MoreThanHeld, TakenBefore, held_by_carrier, take_hand_in
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture
def _held():
    entries = [Posting("cod_carrier", 900_000), Posting("commission", -900_000)]
    post(key="t", kind=Transaction.Kind.CAPTURE, entries=entries, now=NOW)


def bring(amount_vnd, slip, actor=SYSTEM):
    return take_hand_in(amount_vnd=amount_vnd, slip=slip, actor=actor, now=NOW)


@pytest.mark.usefixtures("_held")
def test_cash_moves_from_the_carrier_to_the_bank_and_is_written_down():
    officer = actor_of(user=make_officer())

    entry = bring(400_000, " P1 ", officer)

    assert (held_by_carrier(), balance_of("bank")) == (500_000, 400_000)
    assert (entry.action, entry.object_type, entry.object_id, entry.label) == ("cash.handed_in", "cash", "P1", "P1")
    assert (entry.actor_id, entry.at, entry.detail["new"]) == (officer.user_id, NOW, {"amount_vnd": 400_000})


@pytest.mark.usefixtures("_held")
def test_a_slip_counts_once_and_an_entry_of_something_else_is_none():
    bring(100_000, "P1")
    AuditEntry.objects.create(at=NOW, action="other", object_type="cash", object_id="P2")

    with pytest.raises(TakenBefore):
        bring(100_000, "P1 ")
    bring(800_000, "P2")
    assert (held_by_carrier(), balance_of("bank")) == (0, 900_000)


@pytest.mark.usefixtures("_held")
@pytest.mark.parametrize("amount_vnd", [0, -1, 900_001])
def test_no_more_is_brought_than_is_held(amount_vnd):
    with pytest.raises(MoreThanHeld) as refused:
        bring(amount_vnd, "P1")
    assert (refused.value.held_vnd, balance_of("bank")) == (900_000, 0)


def test_who_holds_nothing_brings_nothing():
    with pytest.raises(MoreThanHeld):
        bring(1, "P1")
