"""Transfers find their orders, add up, and what does not fit waits for a person."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ledger.accounts import BANK, UNALLOCATED
from shop.domain.ledger.posting import balance_of
from shop.domain.ordering.expiring import expire_due_orders
from shop.domain.ordering.transfers import (
    Arrival,
    NotThisTransfer,
    find_numbers,
    mark_returned,
    match_by_hand,
    take_transfer,
)
from shop.domain.payments.models import BankTransfer, MoneyAlert, Payment, Refund
from shop.domain.payments.providers.vietqr import payload_of
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.partner.models import StockRecord
from tests.factories import make_listing, make_officer, make_order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bank(settings):
    settings.VIETQR_BANK_BIN, settings.VIETQR_ACCOUNT, settings.VIETQR_ACCOUNT_NAME = "970436", "1017595600", "CHO OCOP"


@pytest.fixture
def order():
    return make_order((make_listing(stock=5), 2), payment_method="vietqr")


def _come(order, amount_vnd, *, reference="FT1", memo=None):
    memo = f"MBVCB.71 {order.number.replace('-', '')} CT tu 0011 toi 1017" if memo is None else memo
    arrival = Arrival(reference, amount_vnd, memo, clock.now())
    transfer = take_transfer(arrival=arrival, source=BankTransfer.Source.FEED, now=clock.now())
    order.refresh_from_db()
    return transfer


def _alerts():
    return sorted(MoneyAlert.objects.filter(closed_at__isnull=True).values_list("kind", flat=True))


@pytest.mark.parametrize(
    "memo",
    ["OC7K2M9QXD", "oc-7k2m9qxd", "CT DEN:523 OC 7K2M9QXD", "MBVCB.1.OC7K2M9QXD.CT tu", "OC-7K2M\n9QXD", "XOC7K2M9QXDY"],
)
def test_a_number_is_found_whatever_the_bank_did_to_it(memo):
    assert "OC-7K2M9QXD" in find_numbers(memo)


def test_letters_that_numbers_do_not_use_are_read_as_meant():
    assert "OC-10K2M9QX" in find_numbers("OCLOK2M9QX")


def test_the_whole_amount_pays_the_order_once(order):
    total = order.payments.get().amount_vnd
    for _ in range(3):
        _come(order, total)

    assert (order.status, _alerts(), BankTransfer.objects.get().state) == ("paid", [], "matched")
    assert (balance_of(BANK), balance_of(UNALLOCATED)) == (total, 0)
    assert broken_invariants() == []


def test_parts_add_up(order):
    total = order.payments.get().amount_vnd
    _come(order, total - 10_000)
    assert (order.status, _alerts()) == ("awaiting_payment", ["underpaid"])

    _come(order, 10_000, reference="FT2")

    assert (order.status, _alerts()) == ("paid", [])


def test_too_much_pays_the_order_and_the_rest_waits_for_a_person(order):
    total = order.payments.get().amount_vnd
    _come(order, total + 5_000)

    assert (order.status, _alerts(), balance_of(UNALLOCATED)) == ("paid", ["overpaid"], -5_000)


def test_money_nobody_is_named_for_waits_and_is_matched_by_hand(order):
    officer = actor_of(user=make_officer())
    transfer = _come(order, order.payments.get().amount_vnd, memo="mua che")
    assert (order.status, _alerts()) == ("awaiting_payment", ["unknown_reference"])
    with pytest.raises(NotThisTransfer):
        match_by_hand(transfer_id=transfer.pk, order_number="OC-00000000", actor=officer, now=clock.now())

    match_by_hand(transfer_id=transfer.pk, order_number=order.number.lower(), actor=officer, now=clock.now())

    order.refresh_from_db()
    assert (order.status, _alerts()) == ("paid", [])
    other = make_order((make_listing(), 1), payment_method="vietqr")
    with pytest.raises(NotThisTransfer):
        match_by_hand(transfer_id=transfer.pk, order_number=other.number, actor=officer, now=clock.now())
    with pytest.raises(NotThisTransfer):
        mark_returned(transfer_id=transfer.pk, actor=officer, now=clock.now())


def test_what_belongs_to_nobody_goes_back(order):
    transfer = _come(order, 70_000, memo="")

    mark_returned(transfer_id=transfer.pk, actor=actor_of(user=make_officer()), now=clock.now())

    assert (_alerts(), balance_of(UNALLOCATED), balance_of(BANK)) == ([], 0, 0)


def test_a_row_that_was_closed_before_keeps_who_closed_it(order):
    first, second = (actor_of(user=make_officer(email=f"{name}@example.vn")) for name in ("mot", "hai"))
    transfer, other, now = _come(order, 70_000, memo=""), _come(order, 80_000, memo="", reference="FT2"), clock.now()
    row = MoneyAlert.objects.get(key__startswith=f"transfer:{transfer.pk}:")
    kept = MoneyAlert.objects.create(key=f"transfer:{transfer.pk}:x", kind="overpaid", created_at=now, closed_at=now, outcome="x")

    mark_returned(transfer_id=transfer.pk, bank_reference=" FT9 ", actor=first, now=now)
    with pytest.raises(NotThisTransfer):
        mark_returned(transfer_id=transfer.pk, actor=second, now=now + timedelta(hours=1))

    for one in (row, kept, transfer, other):
        one.refresh_from_db()
    assert (row.closed_at, row.closed_by_id, row.outcome) == (now, first.user_id, "returned")
    assert (kept.closed_by_id, kept.outcome, _alerts()) == (None, "x", ["unknown_reference"])
    assert (transfer.state, transfer.matched_by_id, other.state) == ("returned", first.user_id, "unmatched")
    entry = AuditEntry.objects.get(action="transfer.returned")
    assert (entry.object_type, entry.object_id, entry.label) == ("transfer", str(transfer.pk), "FT1")
    assert (entry.actor_id, entry.at) == (first.user_id, now)
    assert entry.detail["new"] == {"amount_vnd": 70_000, "bank_reference": "FT9"}


def test_a_memo_that_names_two_orders_is_decided_by_a_person(order):
    other = make_order((make_listing(), 1), payment_method="vietqr")

    _come(order, 100_000, memo=f"{order.number} {other.number}")

    assert _alerts() == ["unknown_reference"]


def test_late_money_wakes_the_order_or_is_sent_back_by_hand(order):
    gone = make_order((make_listing("Mật ong", stock=1), 1), payment_method="vietqr")
    expire_due_orders(now=clock.now() + timedelta(days=30))
    StockRecord.objects.filter(pk=gone.lines.get().stockrecord_id).update(num_in_stock=0)

    _come(order, order.payments.get().amount_vnd)
    _come(gone, gone.payments.get().amount_vnd, reference="FT2")

    assert (order.status, gone.status) == ("paid", "expired")
    assert Refund.objects.get().order_id == gone.pk


def test_the_code_names_the_order_and_the_amount(order):
    payment = Payment.objects.get()

    payload = payload_of(payment, amount_vnd=payment.amount_vnd)
    assert order.number.replace("-", "") in payload
    assert f"54{len(str(payment.amount_vnd)):02d}{payment.amount_vnd}" in payload
