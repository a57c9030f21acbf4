"""The second person: not the first one, not one of the producer's; what changed meanwhile is left out."""

import pytest
from django.db import IntegrityError, transaction

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ledger import postings
from shop.domain.ledger.earnings import balances_of_producer
from shop.domain.ledger.models import Transaction
from shop.domain.payments.models import Payment
from shop.domain.payouts.approving import OwnBatch, OwnPayout, approve_batch
from shop.domain.payouts.models import PayoutBatch
from shop.domain.payouts.preparing import BatchNotOpen, PayoutsStopped, call_off_batch, prepare_batch
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from tests.factories import make_member, make_officer, make_producer
from tests.factories.payouts import look_at_books, make_bank_account, make_earning, make_payout

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    look_at_books()
    # An earlier round, with which nothing is done any more.
    make_payout(make_producer("HTX Trước"))
    return actor_of(user=make_officer())


@pytest.fixture
def second():
    return actor_of(user=make_officer())


def prepare(first):
    return prepare_batch(actor=first, now=clock.now())


def approve(batch, actor):
    return approve_batch(batch_id=batch.pk, actor=actor, now=clock.now())


def owed(parcel):
    return balances_of_producer(producer_id=parcel.producer_id).payable_vnd


def refund(parcel, amount_vnd, refund_id=1):
    payment = Payment.objects.get(order=parcel.order_id)
    postings.refund(refund_id=refund_id, parcel_id=parcel.pk, amount_vnd=amount_vnd, payment_id=payment.pk, now=clock.now())


def test_what_is_approved_is_in_the_books_and_in_the_file(first, second):
    parcel = make_earning(make_producer())
    batch = approve(prepare(first), second)

    assert (batch.status, batch.total_vnd, batch.approved_by_id) == ("approved", parcel.total_vnd, second.user_id)
    assert batch.payouts.get().status == "sent"
    assert owed(parcel) == 0
    assert len(batch.checksum) == 64
    assert broken_invariants() == []


def test_approving_again_writes_nothing(first, second):
    make_earning(make_producer())
    batch = approve(prepare(first), second)
    approve(batch, second)

    assert Transaction.objects.filter(kind="payout").count() == 1


def test_nobody_approves_their_own_batch_and_the_database_refuses_the_row(first):
    make_earning(make_producer())
    batch = prepare(first)

    with pytest.raises(OwnBatch):
        approve(batch, first)
    with pytest.raises(IntegrityError, match="nobody_approves"), transaction.atomic():
        PayoutBatch.objects.filter(pk=batch.pk).update(approved_by=first.user_id)
    with pytest.raises(IntegrityError, match="was_approved"), transaction.atomic():
        PayoutBatch.objects.filter(pk=batch.pk).update(status="approved")


def test_nobody_approves_money_for_the_producer_they_work_for(first):
    parcel = make_earning(make_producer())
    officer = make_officer()
    make_member(parcel.producer, user=officer, role="producer_orders")

    with pytest.raises(OwnPayout):
        approve(prepare(first), actor_of(user=officer))


def test_a_batch_that_was_called_off_is_not_approved(first, second):
    make_earning(make_producer())
    batch = prepare(first)
    call_off_batch(batch_id=batch.pk, actor=first, now=clock.now())

    with pytest.raises(BatchNotOpen):
        approve(batch, second)


def test_red_books_stop_the_approval_too(first, second):
    make_earning(make_producer())
    batch = prepare(first)
    look_at_books(breaks={"an order has lines": 1})

    with pytest.raises(PayoutsStopped):
        approve(batch, second)


def another_account(parcel):
    make_bank_account(parcel.producer, days_ago=10)


def suspend(parcel):
    parcel.producer.profile.status = "suspended"
    parcel.producer.profile.save()


def dispute(parcel):
    Payment.objects.filter(order=parcel.order_id).update(status="disputed")


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        (lambda parcel: refund(parcel, 1), "changed"),
        (another_account, "changed"),
        (suspend, "frozen"),
        (dispute, "disputed"),
    ],
)
def test_a_payout_that_is_not_right_any_more_is_left_out_and_the_others_go(meanwhile, why, first, second):
    spoilt, other = make_earning(make_producer("HTX Một")), make_earning(make_producer("HTX Hai"))
    batch = prepare(first)
    meanwhile(spoilt)
    batch = approve(batch, second)

    payouts = {payout.producer_id: (payout.status, payout.failure) for payout in batch.payouts.all()}
    assert payouts == {spoilt.producer_id: ("dropped", why), other.producer_id: ("sent", "")}
    assert (batch.payout_count, batch.total_vnd) == (1, other.total_vnd)
    assert owed(spoilt) > 0


def test_a_batch_of_which_nothing_is_left_is_called_off(first, second):
    parcel = make_earning(make_producer())
    batch = prepare(first)
    suspend(parcel)

    assert approve(batch, second).status == "cancelled"
    assert not Transaction.objects.filter(kind="payout").exists()


def test_a_refund_after_the_payout_is_carried_over_and_never_paid(first, second, settings):
    settings.PAYOUT_EVERY_DAYS = 0
    producer = make_producer()
    parcel = make_earning(producer)
    approve(prepare(first), second)
    refund(parcel, 100_000)
    assert owed(parcel) == -100_000

    batch = PayoutBatch.objects.get(status="approved")
    batch.payouts.update(status="paid", bank_reference="FT1")
    later = make_earning(producer, price_vnd=400_000, account=False)

    assert prepare(first).payouts.get().amount_vnd == later.total_vnd - 100_000


def test_an_approval_is_written_down_with_sums_and_digest(first, second):
    parcel = make_earning(make_producer())
    batch = approve(prepare(first), second)

    batch.refresh_from_db()
    assert (batch.closed_at, batch.approved_at is None, batch.payout_count) == (None, False, 1)
    told = AuditEntry.objects.get(action="payout.approved")
    assert (told.actor_id, told.object_id) == (second.user_id, str(batch.pk))
    assert told.detail["new"] == {"payouts": 1, "total_vnd": parcel.total_vnd, "sha256": batch.checksum}
    assert told.detail["prepared_by"] == first.user_id
    assert Transaction.objects.filter(kind="payout").count() == 1


def test_an_approval_of_nothing_closes_the_batch_without_a_digest(first, second):
    parcel = make_earning(make_producer())
    batch = prepare(first)
    suspend(parcel)

    approve(batch, second)

    batch.refresh_from_db()
    assert (batch.status, batch.payout_count, batch.total_vnd, batch.checksum) == ("cancelled", 0, 0, "")
    assert batch.closed_at == batch.approved_at
    with pytest.raises(BatchNotOpen):
        approve(batch, second)


def test_only_whoever_approved_may_press_again(first, second):
    make_earning(make_producer())
    batch = approve(prepare(first), second)

    assert approve(batch, second) == batch
    with pytest.raises(BatchNotOpen):
        approve(batch, actor_of(user=make_officer()))


def test_an_account_that_is_gone_is_a_change_and_more_money_is_none(first, second):
    gone, richer = make_earning(make_producer("HTX Một")), make_earning(make_producer("HTX Hai"))
    batch = prepare(first)
    gone.producer.bank_accounts.update(retired_at=clock.now())
    later = make_earning(richer.producer, price_vnd=300_000, account=False)

    approve(batch, second)

    payouts = {one.producer_id: (one.status, one.failure, one.amount_vnd) for one in batch.payouts.all()}
    assert payouts[gone.producer_id][:2] == ("dropped", "no_account")
    assert payouts[richer.producer_id] == ("sent", "", richer.total_vnd)
    assert owed(richer) == later.total_vnd
