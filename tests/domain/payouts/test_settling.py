"""The bank's answer, row by row: paid is paid, what failed is owed again, and nothing is answered twice."""

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ledger.earnings import balances_of_producer
from shop.domain.notifications.models import OutboxMessage
from shop.domain.payouts.approving import approve_batch
from shop.domain.payouts.models import Payout
from shop.domain.payouts.preparing import prepare_batch
from shop.domain.payouts.settling import Answer, PayoutNotOut, ReferenceMissing, settle_payouts
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from tests.factories import make_officer, make_producer
from tests.factories.payouts import look_at_books, make_earning, make_payout

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    """Two payouts with the bank."""
    look_at_books()
    # An earlier round, with which nothing is done any more.
    make_payout(make_producer("HTX Trước"))
    for name in ("HTX Một", "HTX Hai"):
        make_earning(make_producer(name))
    prepared = prepare_batch(actor=actor_of(user=make_officer()), now=clock.now())
    return approve_batch(batch_id=prepared.pk, actor=actor_of(user=make_officer()), now=clock.now())


def settle(batch, *answers):
    return settle_payouts(batch_id=batch.pk, answers=answers, actor=SYSTEM, now=clock.now())


def owed(payout):
    return balances_of_producer(producer_id=payout.producer_id).payable_vnd


def test_paid_and_failed_end_the_batch(batch):
    first, second = batch.payouts.all()

    news = settle(batch, Answer(first.pk, True, "FT1"), Answer(second.pk, False, failure="Sai số tài khoản"))

    assert news == 2
    assert [payout.status for payout in batch.payouts.all()] == ["paid", "failed"]
    assert (owed(first), owed(second)) == (0, second.amount_vnd)
    batch.refresh_from_db()
    assert batch.status == "settled"
    assert set(OutboxMessage.objects.filter(kind__startswith="payout_p").values_list("kind", flat=True)) == {"payout_paid"}
    assert OutboxMessage.objects.filter(kind="payout_failed").count() == 1
    assert broken_invariants() == []


def test_the_same_answer_again_changes_nothing(batch):
    first = batch.payouts.first()
    settle(batch, Answer(first.pk, True, "FT1"))

    assert settle(batch, Answer(first.pk, True, "FT1")) == 0


def test_money_the_bank_sent_back_later_is_owed_again(batch):
    first = batch.payouts.first()
    settle(batch, Answer(first.pk, True, "FT1"))
    settle(batch, Answer(first.pk, False, failure="Tài khoản đóng"))

    assert owed(first) == first.amount_vnd
    assert batch.payouts.first().bank_reference == "FT1"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"is_paid": True}, ReferenceMissing),
        ({"is_paid": False}, ReferenceMissing),
        ({"is_paid": True, "bank_reference": "FT1", "payout_id": 987_654_321}, PayoutNotOut),
    ],
)
def test_a_bad_answer_changes_nothing_of_the_others_either(answer, error, batch):
    first, second = batch.payouts.all()
    values = {"payout_id": second.pk, **answer}

    with pytest.raises(error):
        settle(batch, Answer(first.pk, True, "FT1"), Answer(**values))
    assert [payout.status for payout in batch.payouts.all()] == ["sent", "sent"]


def test_what_failed_is_not_paid_by_the_same_batch(batch):
    first = batch.payouts.first()
    settle(batch, Answer(first.pk, False, failure="Sai tên"))

    with pytest.raises(PayoutNotOut):
        settle(batch, Answer(first.pk, True, "FT1"))


def told(payout):
    return list(AuditEntry.objects.filter(object_type="payout", object_id=str(payout.pk)).order_by("pk"))


def test_an_answer_is_kept_and_told_whole(batch):
    first, second = batch.payouts.all()
    now = clock.now()

    settle_payouts(
        batch_id=batch.pk,
        answers=[Answer(first.pk, True, f" {'F' * 70} "), Answer(second.pk, False, " FT2 ", f" {'x' * 250} ")],
        actor=SYSTEM,
        now=now,
    )

    first.refresh_from_db()
    second.refresh_from_db()
    batch.refresh_from_db()
    assert (first.status, first.bank_reference, first.failure, first.settled_at) == ("paid", "F" * 64, "", now)
    assert (second.status, second.bank_reference, second.failure, second.settled_at) == ("failed", "FT2", "x" * 200, now)
    assert (batch.status, batch.closed_at) == ("settled", now)
    (paid,), (failed,) = told(first), told(second)
    assert (paid.action, paid.label, paid.producer_id, paid.reason) == ("payout.paid", first.code, first.producer_id, "")
    assert paid.detail["new"] == {"status": "paid", "amount_vnd": first.amount_vnd, "bank_reference": "F" * 64}
    assert (failed.action, failed.reason) == ("payout.failed", "x" * 200)


def test_a_batch_is_open_until_its_last_answer(batch):
    first, second = batch.payouts.all()

    settle(batch, Answer(first.pk, True, "FT1"))
    batch.refresh_from_db()
    assert (batch.status, batch.closed_at) == ("approved", None)
    settle(batch, Answer(second.pk, True, "FT2"))
    batch.refresh_from_db()
    closed_at = batch.closed_at
    settle(batch, Answer(second.pk, False, failure="Tài khoản đóng"))
    batch.refresh_from_db()
    assert (batch.status, batch.closed_at) == ("settled", closed_at)
    assert len(told(second)) == 2


def test_a_payout_of_another_batch_is_not_answered(batch):
    other = Payout.objects.get(status="dropped")

    with pytest.raises(PayoutNotOut):
        settle(batch, Answer(other.pk, True, "FT1"))
