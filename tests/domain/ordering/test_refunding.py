"""Money on its way back: never more than came, never twice, large sums by two people."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ledger.posting import balance_of
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering.cancelling import cancel_order
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.refund_promises import Cause, RefundTooLarge, refund_parcel, write_refund
from shop.domain.ordering.refunding import (
    OwnRefund,
    RefundNotOpen,
    apply_refund_fact,
    approve_refund,
    resubmit_refund,
    settle_by_hand,
    submit_due_refunds,
)
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.models import MoneyAlert, Refund
from shop.domain.payments.provider import RefundFact
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from tests.factories import make_listing, make_officer
from tests.factories.payments import make_prepaid_order, money_for, offer_prepaid

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(monkeypatch):
    return offer_prepaid(monkeypatch)


@pytest.fixture
def payment(provider):
    order = make_prepaid_order((make_listing(price_vnd=3_000_000), 3))
    payment = order.payments.get()
    return apply_fact(payment_id=payment.pk, fact=money_for(payment), now=clock.now())


def _refund(payment, amount, key="k", actor=SYSTEM, reason=Refund.Reason.GOODWILL):
    payment.refresh_from_db()
    return write_refund(payment=payment, amount_vnd=amount, cause=Cause(key, reason), actor=actor, now=clock.now())


def test_a_small_refund_goes_by_itself_and_is_told_when_it_is_there(payment, provider):
    refund = _refund(payment, 100_000)
    assert refund.status == "approved"

    submit_due_refunds(now=clock.now())
    submit_due_refunds(now=clock.now() + timedelta(days=1))

    refund.refresh_from_db()
    payment.refresh_from_db()
    assert (refund.status, refund.provider_ref, provider.refunded) == ("succeeded", f"re_{refund.pk}", [refund.pk])
    assert (payment.status, payment.refunded_vnd) == ("partly_refunded", 100_000)
    kinds = OutboxMessage.objects.filter(key__startswith="refund:").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["refund_started", "refund_paid"]


def test_five_million_go_by_themselves_and_one_dong_more_waits(payment):
    assert [_refund(payment, amount, key=str(amount)).status for amount in (5_000_000, 1)] == ["approved", "approved"]
    assert _refund(payment, payment.captured_vnd - 5_000_001, key="x", reason="late_money").status == "approved"


def test_one_cause_gives_one_refund(payment):
    assert _refund(payment, 100_000).pk == _refund(payment, 100_000).pk


def test_no_more_goes_back_than_came(payment):
    _refund(payment, payment.captured_vnd - 1_000, key="a", reason=Refund.Reason.LATE_MONEY)

    with pytest.raises(RefundTooLarge) as error:
        _refund(payment, 1_001, key="b")
    assert error.value.possible_vnd == 1_000
    with pytest.raises(RefundTooLarge):
        _refund(payment, -5, key="c")


def test_of_two_large_refunds_the_one_is_approved_that_was_meant(payment, provider):
    officer = actor_of(user=make_officer())
    colleague = actor_of(user=make_officer(email="hai@example.vn"))
    other_order = make_prepaid_order((make_listing("Chè", price_vnd=3_000_000), 3))
    other = apply_fact(payment_id=other_order.payments.get().pk, fact=money_for(other_order.payments.get()), now=clock.now())
    first, second = _refund(payment, 5_000_001, actor=officer), _refund(other, 5_000_002, key="l", actor=officer)

    approve_refund(refund_id=second.pk, actor=colleague, now=clock.now())

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("requested", "approved")
    told = AuditEntry.objects.filter(action="refund.approved").get()
    assert (told.object_id, told.detail["new"]) == (
        str(second.pk),
        {"amount_vnd": 5_000_002, "status": "approved", "reason": "goodwill"},
    )


def test_a_large_refund_waits_for_somebody_else(payment):
    officer = actor_of(user=make_officer())
    colleague = actor_of(user=make_officer(email="hai@example.vn"))
    refund = _refund(payment, 5_000_001, actor=officer)
    assert refund.status == "requested"
    assert submit_due_refunds(now=clock.now()) == 0

    with pytest.raises(OwnRefund):
        approve_refund(refund_id=refund.pk, actor=officer, now=clock.now())
    approve_refund(refund_id=refund.pk, actor=colleague, now=clock.now())
    with pytest.raises(RefundNotOpen):
        approve_refund(refund_id=refund.pk, actor=colleague, now=clock.now())

    refund.refresh_from_db()
    assert (refund.status, refund.approved_by_id) == ("approved", colleague.user_id)
    actions = AuditEntry.objects.filter(object_type="refund").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["refund.requested", "refund.approved"]


def test_the_database_refuses_a_large_refund_nobody_else_approved(payment):
    officer = make_officer()
    refund = _refund(payment, 5_000_001, actor=actor_of(user=officer))

    for changes in ({"status": "approved"}, {"status": "approved", "approved_by": officer}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Refund.objects.filter(pk=refund.pk).update(**changes)


def test_a_provider_that_does_not_answer_is_asked_again_with_the_same_refund(payment, provider):
    refund = _refund(payment, 100_000)
    provider.is_down = True
    submit_due_refunds(now=clock.now())
    refund.refresh_from_db()
    assert (refund.status, refund.attempts) == ("submitted", 1)

    provider.is_down = False
    assert submit_due_refunds(now=clock.now()) == 0
    assert submit_due_refunds(now=refund.available_at) == 1

    refund.refresh_from_db()
    assert refund.status == "succeeded"


@pytest.mark.parametrize(("answer", "kind"), [("failed", "refund_failed"), ("manual", "refund_by_hand")])
def test_what_the_provider_cannot_do_is_sent_by_hand(payment, provider, answer, kind):
    refund = _refund(payment, 100_000)
    provider.refund_answer = answer
    submit_due_refunds(now=clock.now())
    assert MoneyAlert.objects.get().kind == kind
    with pytest.raises(RefundNotOpen):
        settle_by_hand(refund_id=refund.pk, bank_reference=" ", actor=SYSTEM, now=clock.now())

    other = raise_alert(key="x", kind="dispute", payment=payment, now=clock.now())
    officer, now = actor_of(user=make_officer()), clock.now()
    sent = settle_by_hand(refund_id=refund.pk, bank_reference=" FT2611 ", actor=officer, now=now)

    payment.refresh_from_db()
    refund.refresh_from_db()
    assert (payment.refunded_vnd, payment.status, balance_of("bank")) == (100_000, "partly_refunded", -100_000)
    assert (sent, refund.status, refund.provider_ref, refund.error, refund.settled_at) == (refund, "succeeded", "FT2611", "", now)
    closed, kept = MoneyAlert.objects.get(kind=kind), MoneyAlert.objects.get(pk=other.pk)
    assert (closed.closed_at, closed.closed_by_id, closed.outcome, kept.closed_at) == (now, officer.user_id, "sent", None)
    assert AuditEntry.objects.get(action="refund.sent_by_hand").actor_id == officer.user_id


def test_a_bank_s_novel_is_kept_as_far_as_it_fits(payment, provider):
    refund, provider.refund_answer = _refund(payment, 100_000), "manual"
    submit_due_refunds(now=clock.now())

    assert settle_by_hand(refund_id=refund.pk, bank_reference="F" * 129, actor=SYSTEM, now=clock.now()).provider_ref == "F" * 128


def test_what_the_provider_refused_is_asked_for_once_more_and_no_other(payment, provider):
    provider.refund_answer = "failed"
    refund, other = _refund(payment, 100_000), _refund(payment, 50_000, key="l")
    submit_due_refunds(now=clock.now())
    officer, now = actor_of(user=make_officer()), clock.now()

    again = resubmit_refund(refund_id=refund.pk, actor=officer, now=now)
    with pytest.raises(RefundNotOpen):
        resubmit_refund(refund_id=refund.pk, actor=officer, now=now)

    refund.refresh_from_db()
    other.refresh_from_db()
    assert (again, refund.status, refund.available_at, other.status) == (refund, "resubmitted", now, "failed")
    closed = MoneyAlert.objects.get(closed_at__isnull=False)
    assert (closed.refund, closed.closed_at, closed.closed_by_id, closed.outcome) == (refund, now, officer.user_id, "resubmitted")
    provider.refund_answer = "succeeded"
    assert submit_due_refunds(now=now) == 1
    refund.refresh_from_db()
    assert (refund.status, refund.attempts, AuditEntry.objects.filter(action="refund.resubmitted").count()) == ("succeeded", 2, 1)


def test_a_parcel_s_money_goes_back_as_far_as_it_has_not_yet(payment):
    parcel = payment.order.parcels.get()
    words = {"payment": payment, "parcel": parcel, "actor": SYSTEM, "now": clock.now()}
    _refund(payment, 100_000, reason=Refund.Reason.LATE_MONEY)
    part = write_refund(payment=payment, amount_vnd=4_000, cause=Cause("part", "goodwill", parcel), actor=SYSTEM, now=clock.now())

    rest = refund_parcel(reason=Refund.Reason.LATE_MONEY, **words)

    assert (part.amount_vnd, rest.amount_vnd, rest.parcel) == (4_000, payment.captured_vnd - 104_000, parcel)
    assert refund_parcel(reason=Refund.Reason.CANCELLED, **words) is None


def test_a_refund_that_the_bank_sent_back_is_owed_again(payment, provider):
    refund = _refund(payment, 100_000)
    submit_due_refunds(now=clock.now())

    for _ in range(3):
        apply_refund_fact(refund_id=refund.pk, fact=RefundFact("failed", error="lost_or_stolen_card"), now=clock.now())

    payment.refresh_from_db()
    assert (payment.refunded_vnd, payment.promised_back_vnd, payment.status) == (0, 100_000, "succeeded")
    assert MoneyAlert.objects.get().kind == "refund_failed"


def test_a_cancelled_order_whose_money_is_back_is_refunded(monkeypatch, provider):
    order = make_prepaid_order((make_listing(), 1))
    payment = order.payments.get()
    apply_fact(payment_id=payment.pk, fact=money_for(payment), now=clock.now())

    cancel_order(order_id=order.pk, reason="", actor=SYSTEM, now=clock.now())
    order.refresh_from_db()
    assert order.status == "cancelled"
    submit_due_refunds(now=clock.now())

    order.refresh_from_db()
    assert (order.status, order.payments.get().status) == ("refunded", "refunded")
