"""Money that the buyer's bank took and kept is not refunded as well; whoever bears the loss bears it once."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ledger.posting import balance_of
from shop.domain.ledger.postings import shop_loss_of
from shop.domain.ledger.reversing import lost_of
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering.calling_off import NothingTaken, call_off_refund
from shop.domain.ordering.cancelling import cancel_order, cancel_parcel
from shop.domain.ordering.closing import closable
from shop.domain.ordering.disputing import apply_dispute
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.refund_promises import Cause, write_refund
from shop.domain.ordering.refunding import (
    RefundNotOpen,
    apply_refund_fact,
    approve_refund,
    resubmit_refund,
    settle_by_hand,
    submit_due_refunds,
)
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import MoneyAlert, Refund
from shop.domain.payments.provider import DisputeFact, RefundFact
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from tests.factories import make_listing, make_officer, make_producer
from tests.factories.ledger import make_rule
from tests.factories.payments import make_prepaid_order, money_for, offer_prepaid

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture
def provider(monkeypatch):
    make_rule(8)
    return offer_prepaid(monkeypatch)


@pytest.fixture
def officer():
    return actor_of(user=make_officer())


@pytest.fixture
def paid(provider):
    """Two parcels, paid by card."""
    honey = make_listing("Mật ong", price_vnd=400_000, producer=make_producer("Hộ Ong", kind="household_business"))
    return pay(make_prepaid_order((make_listing(price_vnd=300_000), 1), (honey, 1)))


def pay(order):
    payment = order.payments.get()
    return apply_fact(payment_id=payment.pk, fact=money_for(payment), now=NOW)


def hear(payment, status, amount_vnd=None, name="dp_1"):
    amount_vnd = payment.captured_vnd if amount_vnd is None else amount_vnd
    apply_dispute(payment_id=payment.pk, dispute=DisputeFact(name, amount_vnd, "vnd", status), now=NOW)
    payment.refresh_from_db()


def ask(payment, amount_vnd, *, parcel=None, actor=SYSTEM, is_borne_by_shop=False):
    payment.refresh_from_db()
    cause = Cause(f"t{Refund.objects.count()}", "goodwill", parcel, is_borne_by_shop=is_borne_by_shop)
    return write_refund(payment=payment, amount_vnd=amount_vnd, cause=cause, actor=actor, now=NOW)


def open_alerts():
    return sorted(MoneyAlert.objects.filter(closed_at=None).exclude(kind="dispute").values_list("kind", flat=True))


def test_what_failed_while_the_bank_decided_is_called_off_when_it_keeps_the_money(paid, provider, officer):
    hear(paid, "disputed")
    cancel_order(order_id=paid.order_id, reason="", actor=SYSTEM, now=NOW)
    provider.refund_answer = "failed"
    submit_due_refunds(now=NOW)
    assert open_alerts() == ["refund_failed", "refund_failed"]

    hear(paid, "dispute_lost")

    refunds = Refund.objects.order_by("pk")
    assert [(one.status, one.taken_vnd, one.called_off_at) for one in refunds] == [
        ("failed", one.amount_vnd, NOW) for one in refunds
    ]
    assert (paid.promised_back_vnd, open_alerts(), balance_of("refund_due")) == (0, [], 0)
    # The producers earned nothing and lose nothing; nor does the shop.
    assert (balance_of("gateway_fee"), balance_of("gateway_clearing"), broken_invariants()) == (0, 0, [])
    told = AuditEntry.objects.filter(action="refund.called_off")
    assert [(one.actor_id, one.reason) for one in told] == [(None, "dispute_lost")] * 2
    assert OutboxMessage.objects.filter(kind="refund_called_off").count() == 2
    for act in (
        lambda one: resubmit_refund(refund_id=one.pk, actor=officer, now=NOW),
        lambda one: settle_by_hand(refund_id=one.pk, bank_reference="FT1", actor=officer, now=NOW),
        lambda one: call_off_refund(refund_id=one.pk, reason="x", actor=officer, now=NOW),
    ):
        with pytest.raises(RefundNotOpen):
            act(refunds[0])
    assert submit_due_refunds(now=NOW + timedelta(days=9)) == 0


def test_a_won_dispute_calls_nothing_off(paid, provider):
    hear(paid, "disputed")
    cancel_order(order_id=paid.order_id, reason="", actor=SYSTEM, now=NOW)
    hear(paid, "dispute_won")

    assert submit_due_refunds(now=NOW) == 2
    assert (Refund.objects.filter(status="succeeded").count(), broken_invariants()) == (2, [])


def test_what_waits_for_a_second_person_or_a_worker_is_called_off_too(provider, officer):
    payment = pay(make_prepaid_order((make_listing(price_vnd=3_000_000), 3)))
    parcel = payment.order.parcels.get()
    large = ask(payment, 6_000_000, parcel=parcel, actor=officer)
    small = ask(payment, 1_000_000, parcel=parcel, is_borne_by_shop=True)
    assert (large.status, small.status) == ("requested", "approved")

    hear(payment, "dispute_lost")

    assert [(one.status, one.taken_vnd) for one in Refund.objects.order_by("pk")] == [
        ("failed", 6_000_000),
        ("failed", 1_000_000),
    ]
    # Only what was announced is taken back in a letter.
    assert OutboxMessage.objects.filter(kind="refund_called_off").get().payload == {"refund_id": small.pk}
    assert (lost_of(parcel_id=parcel.pk), balance_of("gateway_fee"), balance_of("discount_platform")) == (parcel.total_vnd, 0, 0)
    assert broken_invariants() == []
    with pytest.raises(RefundNotOpen):
        approve_refund(refund_id=large.pk, actor=actor_of(user=make_officer(email="hai@example.vn")), now=NOW)


def test_what_no_bank_took_is_promised_anew_by_whoever_asked(provider, officer):
    payment = pay(make_prepaid_order((make_listing(price_vnd=4_000_000), 3)))
    parcel = payment.order.parcels.get()
    ask(payment, parcel.total_vnd, parcel=parcel, actor=officer)

    hear(payment, "dispute_lost", 2_000_000)

    gone, rest = Refund.objects.order_by("pk")
    assert (gone.taken_vnd, rest.amount_vnd) == (2_000_000, parcel.total_vnd - 2_000_000)
    assert (rest.status, rest.requested_by_id, rest.reason, rest.parcel) == ("requested", officer.user_id, "goodwill", parcel)
    assert (payment.promised_back_vnd, broken_invariants()) == (rest.amount_vnd, [])


def test_what_is_with_the_provider_cannot_be_called_off_until_it_comes_back(paid, provider, officer):
    tea = paid.order.parcels.order_by("pk").first()
    provider.is_down = True
    refund = ask(paid, tea.total_vnd, parcel=tea)
    submit_due_refunds(now=NOW)

    hear(paid, "dispute_lost")

    refund.refresh_from_db()
    assert (refund.status, open_alerts()) == ("submitted", ["given_twice"])
    assert MoneyAlert.objects.get(kind="given_twice").amount_vnd == tea.total_vnd
    assert (shop_loss_of(payment_id=paid.pk), broken_invariants()) == (tea.total_vnd, [])
    with pytest.raises(RefundNotOpen):
        call_off_refund(refund_id=refund.pk, reason="x", actor=officer, now=NOW)

    apply_refund_fact(refund_id=refund.pk, fact=RefundFact("failed", error="charge_disputed"), now=NOW)

    refund.refresh_from_db()
    # The parcel bears it now, as if nobody had asked.
    assert (refund.is_called_off, open_alerts(), lost_of(parcel_id=tea.pk)) == (True, [], tea.total_vnd)
    assert (shop_loss_of(payment_id=paid.pk), balance_of("refund_due"), broken_invariants()) == (0, 0, [])
    apply_refund_fact(refund_id=refund.pk, fact=RefundFact("succeeded", provider_ref="re_9"), now=NOW)
    assert (open_alerts(), broken_invariants()) == (["given_twice"], [])


@pytest.mark.parametrize(("percent", "alerts"), [(60, []), (100, ["given_twice"])])
def test_a_refund_that_is_there_stays_and_the_bank_s_surplus_is_work(paid, provider, percent, alerts):
    tea = paid.order.parcels.order_by("pk").first()
    ask(paid, tea.total_vnd, parcel=tea)
    submit_due_refunds(now=NOW)
    rest_vnd = paid.captured_vnd - tea.total_vnd

    hear(paid, "dispute_lost", rest_vnd * percent // 60 if percent == 60 else paid.captured_vnd)

    assert (Refund.objects.get().status, open_alerts()) == ("succeeded", alerts)
    assert (shop_loss_of(payment_id=paid.pk), broken_invariants()) == (tea.total_vnd if alerts else 0, [])


def test_money_of_no_parcel_pays_for_what_the_shop_lost(paid, provider):
    late = make_prepaid_order((make_listing("Muối"), 1))
    cancel_order(order_id=late.pk, reason="", actor=SYSTEM, now=NOW)
    payment = pay(late)
    assert Refund.objects.get().status == "approved"

    hear(payment, "dispute_lost", 50_000)

    gone, rest = Refund.objects.order_by("pk")
    assert (gone.taken_vnd, rest.amount_vnd, rest.status) == (50_000, payment.captured_vnd - 50_000, "approved")
    assert (balance_of("gateway_fee"), -balance_of("refund_due"), broken_invariants()) == (0, rest.amount_vnd, [])


def test_an_officer_calls_off_what_the_bank_paid_and_no_more(paid, provider, officer):
    tea, honey = paid.order.parcels.order_by("pk")
    provider.refund_answer = "failed"
    refund, other = ask(paid, 100_000, parcel=tea), ask(paid, 20_000, parcel=honey)
    submit_due_refunds(now=NOW)
    with pytest.raises(NothingTaken):
        call_off_refund(refund_id=refund.pk, reason="x", actor=officer, now=NOW)
    # Enough is left for both, so nothing happens by itself: a person knows whether it is for the same goods.
    hear(paid, "dispute_lost", 80_000)
    assert open_alerts() == ["refund_failed", "refund_failed"]

    call_off_refund(refund_id=refund.pk, reason="Ngân hàng đã trả", actor=officer, now=NOW)

    refund.refresh_from_db()
    rest = Refund.objects.get(key=f"rest:{refund.pk}")
    assert (refund.taken_vnd, rest.amount_vnd, rest.status, open_alerts()) == (80_000, 20_000, "approved", ["refund_failed"])
    entry = AuditEntry.objects.get(action="refund.called_off")
    assert (entry.actor_id, entry.reason, entry.label) == (officer.user_id, "Ngân hàng đã trả", paid.order.number)
    with pytest.raises(NothingTaken):
        call_off_refund(refund_id=other.pk, reason="x", actor=officer, now=NOW)
    assert broken_invariants() == []


def test_a_parcel_closes_when_its_refund_is_called_off(paid, provider):
    parcels = Parcel.objects.filter(order=paid.order_id)
    parcels.update(status="delivered", delivered_at=NOW - timedelta(days=30))
    provider.refund_answer = "failed"
    ask(paid, 100_000, parcel=parcels[0])
    submit_due_refunds(now=NOW)
    assert closable(now=NOW).count() == 1

    hear(paid, "dispute_lost")

    assert closable(now=NOW).count() == 2


def test_a_parcel_that_is_called_off_after_the_loss_brings_nothing_twice(paid):
    hear(paid, "dispute_lost")
    cancel_parcel(parcel_id=paid.order.parcels.first().pk, reason="", actor=SYSTEM, now=NOW)

    assert (Refund.objects.exists(), broken_invariants()) == (False, [])
