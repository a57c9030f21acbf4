"""Facts about money become the state of an order, in any order and any number of times."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.certificates.acts import Ground, suspend_certificate
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering.attempts import NothingToPay, begin_attempt, close_unwanted_attempts, exchange_method, reconcile
from shop.domain.ordering.cancelling import cancel_order, cancel_parcel
from shop.domain.ordering.expiring import expire_due_orders
from shop.domain.ordering.paying import apply_fact
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import MoneyAlert, Payment, Refund
from shop.domain.payments.provider import OrderFacts, PaymentFact, ProviderUnreachable
from shop.domain.payments.ranks import RANK
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from shop.oscar_forks.partner.models import StockRecord
from tests.factories import make_listing, make_officer, make_producer
from tests.factories.payments import make_prepaid_order, money_for, offer_prepaid

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1)


@pytest.fixture
def provider(monkeypatch):
    return offer_prepaid(monkeypatch)


@pytest.fixture
def order(provider):
    tea = make_listing("Chè Tân Cương", stock=5)
    honey = make_listing("Mật ong bạc hà", producer=make_producer("HTX Ong Tuấn Dũng"), stock=5)
    return make_prepaid_order((tea, 2), (honey, 1))


def _pay(order, **how):
    payment = order.payments.latest("pk")
    apply_fact(payment_id=payment.pk, fact=money_for(payment, **how), now=clock.now())
    order.refresh_from_db()
    return order.payments.get(pk=payment.pk)


def _kinds(order):
    return sorted(OutboxMessage.objects.filter(order_id=order.pk).values_list("kind", flat=True))


def _statuses(order):
    return [parcel.status for parcel in order.parcels.order_by("pk")]


def test_an_order_waits_for_its_money_and_producers_hear_nothing(order):
    assert order.status == Order.Status.AWAITING_PAYMENT
    assert order.hold_until > clock.now()
    assert _statuses(order) == ["pending", "pending"]
    assert _kinds(order) == ["order_awaits_payment"]


def test_money_that_is_there_asks_the_producers_once(order):
    for _ in range(3):
        payment = _pay(order)

    assert (payment.status, payment.captured_vnd) == ("succeeded", order.total_incl_tax)
    assert (order.status, order.hold_until) == ("paid", None)
    assert _statuses(order) == ["to_confirm", "to_confirm"]
    assert _kinds(order).count("order_paid") == 1
    assert broken_invariants() == []


def test_names_of_the_provider_are_kept_and_not_forgotten(order):
    payment, other = _pay(order), clock.now() + LATER
    names = (f"cs_{payment.pk}", f"pi_{payment.pk}")
    assert (payment.provider_ref, payment.intent_ref, payment.error) == (*names, "")

    apply_fact(payment_id=payment.pk, fact=PaymentFact("requires_action", error="x" * 65), now=other)

    payment.refresh_from_db()
    assert (payment.provider_ref, payment.intent_ref, payment.error) == (*names, "x" * 64)
    assert (payment.checked_at, payment.succeeded_at < other) == (other, True)


@pytest.mark.parametrize("late", ["requires_action", "processing", "failed", "cancelled"])
def test_older_news_never_lowers_a_payment(order, late):
    payment = _pay(order)

    apply_fact(payment_id=payment.pk, fact=PaymentFact(late), now=clock.now())

    payment.refresh_from_db()
    assert payment.status == "succeeded"


@pytest.mark.parametrize(
    ("how", "kind"),
    [({"captured": 1}, "wrong_amount"), ({"currency": "usd"}, "wrong_currency")],
)
def test_money_of_another_amount_or_currency_pays_nothing_and_is_looked_at(order, how, kind):
    payment = _pay(order, **how)
    _pay(order, **how)

    assert (payment.status, payment.captured_vnd, order.status) == ("created", 0, "awaiting_payment")
    assert [alert.kind for alert in MoneyAlert.objects.all()] == [kind]


def test_one_dong_too_much_or_too_little_pays_nothing(order):
    total = order.payments.get().amount_vnd
    for captured in (total - 1, total + 1, total * 100):
        _pay(order, captured=captured)

    assert order.status == "awaiting_payment"


def test_nobody_pays_in_time(order):
    later = order.hold_until + timedelta(seconds=1)

    assert expire_due_orders(now=order.hold_until - timedelta(seconds=1)) == 0
    assert expire_due_orders(now=later) == 1
    assert expire_due_orders(now=later) == 0

    order.refresh_from_db()
    assert (order.status, _statuses(order)) == ("expired", ["cancelled", "cancelled"])
    assert order.payments.get().status == "cancelled"
    assert set(StockRecord.objects.values_list("num_allocated", flat=True)) == {0}
    assert _kinds(order) == ["order_awaits_payment", "order_expired"]
    assert broken_invariants() == []


def test_the_provider_is_asked_before_an_order_expires(order, provider):
    provider.paid.add(order.payments.get().pk)

    assert expire_due_orders(now=order.hold_until + LATER) == 0

    order.refresh_from_db()
    assert order.status == "paid"


def test_a_provider_that_does_not_answer_keeps_the_order(order, provider):
    provider.is_down = True
    later = order.hold_until + LATER

    assert expire_due_orders(now=later) == 0

    order.refresh_from_db()
    assert (order.status, order.hold_until) == ("awaiting_payment", later + timedelta(minutes=2))


def test_money_that_is_on_its_way_is_waited_for(order, provider):
    payment = order.payments.get()
    apply_fact(payment_id=payment.pk, fact=PaymentFact("processing"), now=clock.now())
    provider.settle = lambda **_: None

    assert expire_due_orders(now=order.hold_until + LATER) == 0


def test_late_money_wakes_an_order_whose_goods_are_still_there(order):
    expire_due_orders(now=order.hold_until + LATER)

    _pay(order)

    assert (order.status, _statuses(order)) == ("paid", ["to_confirm", "to_confirm"])
    assert not Refund.objects.exists()
    assert broken_invariants() == []


def test_late_money_goes_back_when_the_goods_are_gone(order):
    expire_due_orders(now=order.hold_until + LATER)
    StockRecord.objects.filter(pk=order.lines.first().stockrecord_id).update(num_in_stock=0)

    payment = _pay(order)

    refund = Refund.objects.get()
    assert (refund.reason, refund.amount_vnd, refund.status) == ("late_money", payment.captured_vnd, "approved")
    assert order.status == "expired"
    assert set(StockRecord.objects.values_list("num_allocated", flat=True)) == {0}


def test_late_money_goes_back_when_a_star_is_gone(order):
    expire_due_orders(now=order.hold_until + LATER)
    officer = actor_of(user=make_officer())
    ground = Ground(reason="Kiểm nghiệm không đạt", effective_on=clock.today())
    suspend_certificate(certificate_id=order.lines.first().certificate_id, ground=ground, actor=officer, now=clock.now())

    _pay(order)

    assert Refund.objects.get().reason == "late_money"


def test_money_for_a_cancelled_order_goes_back(order):
    cancel_order(order_id=order.pk, reason="", actor=SYSTEM, now=clock.now())

    payment = _pay(order)

    assert order.status == "cancelled"
    assert Refund.objects.get().amount_vnd == payment.captured_vnd


def test_the_second_payment_goes_back_and_the_order_stays_paid(order, provider):
    first = order.payments.get()
    apply_fact(payment_id=first.pk, fact=PaymentFact("failed"), now=clock.now())
    second = begin_attempt(order_id=order.pk, now=clock.now())
    _pay(order)

    apply_fact(payment_id=first.pk, fact=money_for(first), now=clock.now())

    order.refresh_from_db()
    refund = Refund.objects.get()
    assert (refund.payment_id, refund.reason) == (first.pk, "double_payment")
    assert order.status == "paid"
    assert order.payments.get(pk=second.pk).promised_back_vnd == 0


def test_a_parcel_that_drops_out_is_not_paid_for(order, provider):
    begin_attempt(order_id=order.pk, now=clock.now())
    dropped, kept = order.parcels.order_by("pk")
    cancel_parcel(parcel_id=dropped.pk, reason="", actor=SYSTEM, now=clock.now())

    assert close_unwanted_attempts(now=clock.now()) == 1
    payment = begin_attempt(order_id=order.pk, now=clock.now())

    assert payment.amount_vnd == kept.total_vnd
    assert _pay(order).status == "succeeded"
    assert _statuses(order) == ["cancelled", "to_confirm"]
    assert not Refund.objects.exists()


def test_what_was_paid_before_a_parcel_dropped_out_goes_back_for_it(order, provider):
    payment = begin_attempt(order_id=order.pk, now=clock.now())
    dropped = order.parcels.order_by("pk").first()
    cancel_parcel(parcel_id=dropped.pk, reason="", actor=SYSTEM, now=clock.now())
    provider.paid.add(payment.pk)

    close_unwanted_attempts(now=clock.now())

    order.refresh_from_db()
    assert (order.status, Refund.objects.get().amount_vnd) == ("paid", dropped.total_vnd)


def test_a_parcel_cancelled_after_payment_is_refunded(order):
    _pay(order)
    dropped = order.parcels.order_by("pk").first()

    cancel_parcel(parcel_id=dropped.pk, reason="", actor=SYSTEM, now=clock.now())
    cancel_parcel(parcel_id=dropped.pk, reason="", actor=SYSTEM, now=clock.now())

    refund = Refund.objects.get()
    assert (refund.parcel_id, refund.amount_vnd, refund.reason) == (dropped.pk, dropped.total_vnd, "cancelled")


def test_another_way_to_pay_ends_the_first_one(order, provider):
    first = begin_attempt(order_id=order.pk, now=clock.now())

    second = exchange_method(order_id=order.pk, method="prepaid", facts=OrderFacts(1), now=clock.now())

    first.refresh_from_db()
    assert (first.status, second.status) == ("cancelled", "requires_action")


def test_another_way_is_not_opened_for_what_is_paid(order, provider):
    first = begin_attempt(order_id=order.pk, now=clock.now())
    provider.paid.add(first.pk)

    with pytest.raises(NothingToPay):
        exchange_method(order_id=order.pk, method="prepaid", facts=OrderFacts(1), now=clock.now())

    order.refresh_from_db()
    assert order.status == "paid"


def test_pressing_pay_again_leads_to_the_same_attempt(order, provider):
    payments = {begin_attempt(order_id=order.pk, now=clock.now()).pk for _ in range(3)}

    assert (len(payments), len(provider.begun)) == (1, 1)


def test_a_provider_that_is_down_leaves_the_order_to_be_paid_later(order, provider):
    provider.is_down = True
    with pytest.raises(ProviderUnreachable):
        begin_attempt(order_id=order.pk, now=clock.now())
    provider.is_down = False

    assert begin_attempt(order_id=order.pk, now=clock.now()).status == "requires_action"


def test_the_reconciler_finds_money_no_webhook_told_of(order, provider):
    payment = begin_attempt(order_id=order.pk, now=clock.now())
    provider.paid.add(payment.pk)

    assert reconcile(now=clock.now()) == 0
    assert reconcile(now=clock.now() + timedelta(minutes=4)) == 1

    order.refresh_from_db()
    assert (order.status, Parcel.objects.filter(status="to_confirm").count()) == ("paid", 2)


def test_states_of_payments_are_ranked_once_each():
    assert set(Payment.Status.values) == set(RANK)
