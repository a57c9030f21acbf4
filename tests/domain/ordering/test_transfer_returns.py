"""What came too much goes back once, to the đồng, and ends its own rows of the work list."""

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ledger.posting import balance_of
from shop.domain.ordering.transfer_returns import NothingToReturn, OtherAmountHeld, return_surplus, surplus_of
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.models import BankTransfer, MoneyAlert
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from tests.factories import make_officer
from tests.factories.transfers import make_transfer, make_transfer_order, open_account

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture(autouse=True)
def _account(settings):
    open_account(settings)


def pay(difference, reference):
    order = make_transfer_order()
    make_transfer(order.payments.get().amount_vnd + difference, memo=order.number, reference=reference)
    return order


def give_back(alert, amount_vnd, actor=SYSTEM):
    return_surplus(alert_id=alert.pk, amount_vnd=amount_vnd, bank_reference=" FT9 ", actor=actor, now=NOW)


def test_the_rest_goes_back_and_only_its_own_row_ends():
    order, other = pay(5_000, "FT1"), pay(3_000, "FT2")
    payment, officer = order.payments.get(), actor_of(user=make_officer())
    row = MoneyAlert.objects.get(order_id=order.pk)
    kept = raise_alert(key="x", kind="dispute", payment=payment, now=NOW)
    before = balance_of("bank")
    assert (surplus_of(payment=payment), surplus_of(payment=other.payments.get())) == (5_000, 3_000)
    for amount_vnd in (4_999, 5_001):
        with pytest.raises(OtherAmountHeld):
            give_back(row, amount_vnd)

    give_back(row, 5_000, officer)
    with pytest.raises(NothingToReturn):
        give_back(row, 5_000)

    assert (before - balance_of("bank"), surplus_of(payment=payment), balance_of("unallocated")) == (5_000, 0, -3_000)
    row.refresh_from_db()
    kept.refresh_from_db()
    assert (row.closed_at, row.closed_by_id, row.outcome, kept.closed_at) == (NOW, officer.user_id, "returned", None)
    assert MoneyAlert.objects.get(order_id=other.pk).closed_at is None
    assert set(BankTransfer.objects.values_list("state", flat=True)) == {"matched"}
    entry = AuditEntry.objects.get(action="transfer.returned")
    assert (entry.object_type, entry.object_id, entry.label, entry.actor_id) == (
        "order",
        str(order.pk),
        order.number,
        officer.user_id,
    )
    assert (entry.at, entry.detail["new"]) == (NOW, {"amount_vnd": 5_000, "bank_reference": "FT9"})


def test_what_paid_nothing_counts_for_nothing_afterwards():
    order, other = pay(-1_000, "FT1"), pay(-2_000, "FT2")
    came_vnd = order.payments.get().amount_vnd - 1_000

    give_back(MoneyAlert.objects.get(order_id=order.pk), came_vnd)

    assert [one.payments.get().transfers.get().state for one in (order, other)] == ["returned", "matched"]
    assert surplus_of(payment=order.payments.get()) == 0


def test_a_row_without_a_payment_has_nothing_to_return():
    with pytest.raises(NothingToReturn):
        give_back(raise_alert(key="x", kind="overpaid", now=NOW), 1)
