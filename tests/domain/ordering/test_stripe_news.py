"""What Stripe reports, in any order and any number of times, becomes what is true of orders, refunds and books."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.ledger.posting import balance_of
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering.cancelling import cancel_order
from shop.domain.ordering.catching_up import catch_up
from shop.domain.ordering.hearing import hear_next
from shop.domain.ordering.refunding import submit_due_refunds
from shop.domain.payments.inbox import write_down
from shop.domain.payments.models import MoneyAlert, Payment, Refund, WebhookEvent
from shop.domain.people.actor import SYSTEM
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories.cards import make_card_order, open_page, pay_by_card, report_of, tell_all
from tests.factories.listings import make_listing
from tests.fake_stripe.buying import DECLINED, DISPUTED, FAILING_REFUND, SECURE, turn
from tests.fixtures.stand_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(cards):
    return make_card_order()


def events(stand_in, kind=""):
    return [event for event in stand_in.account.store.all("event") if event["type"].startswith(kind)]


def paid_order(stand_in, card="4242424242424242"):
    order = make_card_order()
    payment = pay_by_card(stand_in, order, card)
    turn(stand_in, "clock", ahead_seconds=2)
    tell_all(stand_in)
    payment.refresh_from_db()
    return order, payment


def cancelled(stand_in, order):
    """The buyer calls it off, and a worker gives the money back."""
    cancel_order(order_id=order.pk, actor=SYSTEM, reason="", now=clock.now())
    submit_due_refunds(now=clock.now())
    return order.refunds.latest("pk")


def test_money_reported_three_times_in_any_order_pays_once(cards):
    for seed in range(5):
        order = make_card_order()
        pay_by_card(cards, order, SECURE, answer="approve")
        turn(cards, "clock", ahead_seconds=2 * (seed + 1))
        told = events(cards) * 3
        random.Random(seed).shuffle(told)  # noqa: S311  any order will do
        for event in told:
            write_down(report=report_of(event), now=clock.now())
            hear_next(now=clock.now())
        while hear_next(now=clock.now()):
            pass
        order.refresh_from_db()
        mails = OutboxMessage.objects.filter(order_id=order.pk, kind="order_paid").count()
        assert (order.status, order.payments.get().status, mails) == ("paid", "succeeded", 1)

    assert set(WebhookEvent.objects.values_list("state", flat=True)) <= {"done", "ignored"}
    assert broken_invariants() == []


def test_the_fee_is_in_the_books_once(cards):
    _order, payment = paid_order(cards)
    tell_all(cards)

    told = WebhookEvent.objects.filter(type__in=["checkout.session.completed", "payment_intent.succeeded"])
    assert set(told.values_list("type", "state")) == {
        ("checkout.session.completed", "done"),
        ("payment_intent.succeeded", "done"),
    }
    fee = next(cards.account.store.all("balance_transaction"))["fee"]
    assert balance_of("gateway_fee") == fee
    assert balance_of("gateway_clearing") == payment.amount_vnd - fee


def test_a_declined_card_leaves_the_order_waiting_and_says_why(cards, order):
    payment = pay_by_card(cards, order, DECLINED)
    tell_all(cards)

    payment.refresh_from_db()
    order.refresh_from_db()
    assert (order.status, payment.status, payment.error) == ("awaiting_payment", "requires_action", "card_declined")


def test_an_older_report_changes_nothing(cards, order):
    pay_by_card(cards, order, DECLINED)
    payment = order.payments.get()
    turn(cards, f"sessions/{payment.provider_ref}/pay")
    late = events(cards, "payment_intent.payment_failed")[0]
    tell_all(cards)

    write_down(report=report_of(late | {"id": "evt_late"}), now=clock.now())
    hear_next(now=clock.now())

    payment.refresh_from_db()
    assert payment.status == "succeeded"


def test_a_session_nobody_knows_waits_a_day_and_then_alarms(cards):
    now = clock.now()
    open_page(make_card_order())
    event = {"id": "evt_1", "type": "checkout.session.completed", "livemode": False, "data": {"object": {"id": "cs_test_none"}}}
    write_down(report=report_of(event), now=now)

    assert hear_next(now=now)
    assert not hear_next(now=now + timedelta(seconds=10))
    assert MoneyAlert.objects.count() == 0
    for hour in range(1, 26):
        while hear_next(now=now + timedelta(hours=hour)):
            pass

    heard = WebhookEvent.objects.get()
    assert (heard.state, MoneyAlert.objects.get().kind) == ("failed", "unknown_object")
    assert 10 < heard.attempts < 40


def test_an_event_that_came_before_our_own_row_is_done_later(cards, order):
    payment = pay_by_card(cards, order)
    Payment.objects.filter(pk=payment.pk).update(provider_ref="", page_url="")

    tell_all(cards)

    order.refresh_from_db()
    payment.refresh_from_db()
    assert (order.status, payment.provider_ref.startswith("cs_test_")) == ("paid", True)


def test_stripe_away_puts_reports_off_and_loses_none(cards, order):
    pay_by_card(cards, order)
    turn(cards, "faults", kind="refuse", path="/v1/.*", method="GET", times=50)
    tell_all(cards)
    assert set(WebhookEvent.objects.values_list("state", flat=True)) == {"new"}
    turn(cards, "faults", "DELETE")

    while hear_next(now=clock.now() + timedelta(minutes=2)):
        pass

    order.refresh_from_db()
    assert order.status == "paid"


def test_a_session_of_another_order_pays_nothing_and_is_looked_at(cards, order):
    dear = make_card_order((make_listing("Yến sào", stock=3), 1))
    open_page(dear)
    payment = pay_by_card(cards, order)
    session = cards.account.store.get("checkout.session", payment.provider_ref)
    session["metadata"] = {"payment_id": str(dear.payments.get().pk)}
    cards.account.store.keep(session)

    tell_all(cards)

    assert {order.status for order in Order.objects.all()} == {"awaiting_payment"}
    assert set(MoneyAlert.objects.values_list("kind", flat=True)) == {"wrong_order"}
    assert WebhookEvent.objects.get(type="checkout.session.completed").state == "done"


def test_an_event_nobody_foresaw_does_not_stop_the_others(cards, order):
    pay_by_card(cards, order)
    broken = {
        "id": "evt_0",
        "type": "charge.succeeded",
        "livemode": False,
        "data": {"object": {"id": "ch_1", "payment_intent": 7}},
    }
    write_down(report=report_of(broken), now=clock.now())

    tell_all(cards)

    order.refresh_from_db()
    assert order.status == "paid"
    assert WebhookEvent.objects.get(event_id="evt_0").state == "new"


def test_kinds_without_a_use_are_put_aside(cards):
    event = {"id": "evt_9", "type": "customer.created", "livemode": False, "data": {"object": {"id": "cus_1"}}}
    write_down(report=report_of(event), now=clock.now())

    hear_next(now=clock.now())

    assert WebhookEvent.objects.get().state == "ignored"


def test_a_refund_that_fails_later_is_owed_again_and_on_the_work_list(cards):
    order, payment = paid_order(cards, FAILING_REFUND)
    refund = cancelled(cards, order)
    assert refund.status == "succeeded"

    turn(cards, "clock", ahead_seconds=30)
    for _ in range(3):
        tell_all(cards)

    refund.refresh_from_db()
    payment.refresh_from_db()
    assert (refund.status, refund.error, payment.refunded_vnd) == ("failed", "lost_or_stolen_card", 0)
    assert list(MoneyAlert.objects.values_list("kind", flat=True)) == ["refund_failed"]
    assert balance_of("refund_due") == -refund.amount_vnd
    assert broken_invariants() == []


def test_a_charge_that_was_refunded_brings_its_refunds(cards):
    order, _ = paid_order(cards, "4000000000007726")
    refund = cancelled(cards, order)
    turn(cards, "clock", ahead_seconds=30)
    told = events(cards, "charge.refunded")
    for event in told:
        write_down(report=report_of(event), now=clock.now())
    while hear_next(now=clock.now()):
        pass

    refund.refresh_from_db()
    assert (len(told) > 0, refund.status) == (True, "succeeded")


def test_a_refund_of_money_that_is_not_ours_waits(cards):
    order, payment = paid_order(cards)
    cancelled(cards, order)
    Payment.objects.filter(pk=payment.pk).update(intent_ref="pi_other")
    turn(cards, "clock", ahead_seconds=30)
    write_down(report=report_of(events(cards, "refund.")[0]), now=clock.now())
    hear_next(now=clock.now())

    heard = WebhookEvent.objects.get(type__startswith="refund.")
    assert (heard.state, heard.last_error, MoneyAlert.objects.count()) == ("new", f"unknown: {heard.object_id}", 0)


def test_money_given_back_by_hand_is_heard_once(cards):
    _, payment = paid_order(cards)
    client_of(cards).v1.refunds.create({"payment_intent": payment.intent_ref, "amount": 10_000})
    tell_all(cards)

    states = set(WebhookEvent.objects.filter(type__startswith="refund.").values_list("state", flat=True))
    assert (states, MoneyAlert.objects.get().payment) == ({"done"}, payment)


def test_a_refund_finds_the_order_it_is_of(cards):
    paid_order(cards)
    later, _ = paid_order(cards)
    refund = cancelled(cards, later)
    turn(cards, "clock", ahead_seconds=30)
    tell_all(cards)

    refund.refresh_from_db()
    assert (refund.status, MoneyAlert.objects.count()) == ("succeeded", 0)


def test_a_dispute_heard_before_the_money_brings_both(cards, order):
    payment = pay_by_card(cards, order, DISPUTED)
    turn(cards, "clock", ahead_seconds=2)
    write_down(report=report_of(events(cards, "charge.dispute.created")[0]), now=clock.now())
    Payment.objects.filter(pk=payment.pk).update(intent_ref=next(cards.account.store.all("payment_intent"))["id"])

    hear_next(now=clock.now())

    payment.refresh_from_db()
    order.refresh_from_db()
    assert (payment.status, payment.captured_vnd, order.status) == ("disputed", payment.amount_vnd, "paid")
    fees = [booked["fee"] for booked in cards.account.store.all("balance_transaction")]
    assert (len(fees) > 1, balance_of("gateway_fee")) == (True, sum(fees))


@pytest.mark.parametrize("session_is", ["not there", "of another payment"])
def test_a_dispute_heard_before_anything_finds_its_payment_by_its_intent(cards, order, session_is):
    payment = pay_by_card(cards, order, DISPUTED)
    turn(cards, "clock", ahead_seconds=2)
    intent = next(cards.account.store.all("payment_intent"))
    if session_is == "of another payment":
        session = next(cards.account.store.all("checkout.session"))
        cards.account.store.keep(intent | {"id": "pi_other"})
        cards.account.store.keep(session | {"payment_intent": "pi_other"})
    write_down(report=report_of(events(cards, "charge.dispute.created")[0]), now=clock.now())

    hear_next(now=clock.now())

    payment.refresh_from_db()
    expected = {"not there": ("disputed", intent["id"], "done"), "of another payment": ("succeeded", "pi_other", "new")}
    assert (payment.status, payment.intent_ref, WebhookEvent.objects.get().state) == expected[session_is]


def test_a_refund_heard_before_anything_finds_its_payment_by_its_intent(cards):
    order, payment = paid_order(cards)
    refund = cancelled(cards, order)
    Payment.objects.filter(pk=payment.pk).update(intent_ref="")
    turn(cards, "clock", ahead_seconds=30)
    write_down(report=report_of(events(cards, "refund.")[0]), now=clock.now())

    hear_next(now=clock.now())

    refund.refresh_from_db()
    assert (refund.status, WebhookEvent.objects.get(type__startswith="refund.").state) == ("succeeded", "done")


def test_a_refund_that_takes_a_while_is_there_when_stripe_says_so(cards):
    order, _ = paid_order(cards, "4000000000007726")
    refund = cancelled(cards, order)
    assert refund.status == "submitted"

    turn(cards, "clock", ahead_seconds=30)
    tell_all(cards)

    refund.refresh_from_db()
    assert refund.status == "succeeded"


def test_money_given_back_in_stripe_s_dashboard_is_looked_at(cards):
    _, payment = paid_order(cards)
    client_of(cards).v1.refunds.create({"payment_intent": payment.intent_ref, "amount": 10_000})
    tell_all(cards)

    assert list(MoneyAlert.objects.values_list("kind", "amount_vnd")) == [("unknown_object", 10_000)]
    assert Refund.objects.count() == 0


@pytest.mark.parametrize(("won", "status", "taken"), [(True, "dispute_won", 0), (False, "dispute_lost", 1)])
def test_a_dispute_is_in_the_books_once_per_step(cards, won, status, taken):
    _order, payment = paid_order(cards, DISPUTED)
    assert (payment.status, payment.disputed_vnd) == ("disputed", payment.amount_vnd)
    assert balance_of("disputed") == payment.amount_vnd
    dispute = next(cards.account.store.all("dispute"))

    turn(cards, f"disputes/{dispute['id']}/close", won=won)
    told = events(cards, "charge.dispute.") * 3
    random.Random(7).shuffle(told)  # noqa: S311  any order will do
    for number, event in enumerate(told):
        write_down(report=report_of(event | {"id": f"{event['id']}-{number}"}), now=clock.now())
    tell_all(cards)

    payment.refresh_from_db()
    assert (payment.status, payment.disputed_vnd) == (status, taken * payment.amount_vnd)
    assert balance_of("disputed") == 0
    assert MoneyAlert.objects.filter(kind="dispute").count() == 1
    assert set(WebhookEvent.objects.filter(type__startswith="charge.dispute.").values_list("state", flat=True)) == {"done"}
    assert broken_invariants() == []


def test_what_stripe_refused_during_a_dispute_is_not_asked_for_again_once_it_is_lost(cards):
    order, payment = paid_order(cards, DISPUTED)
    refund = cancelled(cards, order)
    assert (refund.status, refund.error, refund.alerts.get().kind) == ("failed", "charge_disputed", "refund_failed")

    turn(cards, f"disputes/{next(cards.account.store.all('dispute'))['id']}/close", won=False)
    tell_all(cards)

    refund.refresh_from_db()
    assert (refund.is_called_off, refund.taken_vnd) == (True, payment.amount_vnd)
    assert not MoneyAlert.objects.filter(closed_at=None).exclude(kind="dispute").exists()
    assert submit_due_refunds(now=clock.now() + timedelta(days=1)) == 0
    assert broken_invariants() == []


def test_a_dispute_of_no_payment_of_ours_waits(cards, order):
    paid_order(cards, DISPUTED)
    dispute = next(cards.account.store.all("dispute"))
    cards.account.store.keep(dispute | {"payment_intent": None})

    write_down(report=report_of(events(cards, "charge.dispute.created")[0] | {"id": "evt_again"}), now=clock.now())
    hear_next(now=clock.now())

    heard = WebhookEvent.objects.get(event_id="evt_again")
    assert (heard.state, heard.last_error) == ("new", f"unknown: {dispute['id']}")
    assert MoneyAlert.objects.filter(kind="dispute").count() == 1


def test_a_question_of_the_bank_takes_nothing_yet(cards):
    _, payment = paid_order(cards, DISPUTED)
    dispute = next(cards.account.store.all("dispute"))
    Payment.objects.filter(pk=payment.pk).update(status="succeeded", disputed_vnd=0)
    cards.account.store.keep(dispute | {"status": "warning_needs_response"})

    write_down(report=report_of(events(cards, "charge.dispute.created")[0] | {"id": "evt_again"}), now=clock.now())
    hear_next(now=clock.now())

    payment.refresh_from_db()
    assert payment.status == "succeeded"


def test_reports_nobody_delivered_are_found_again(cards):
    order, _payment = paid_order(cards, FAILING_REFUND)
    refund = cancelled(cards, order)
    turn(cards, "clock", ahead_seconds=30)
    failed = report_of(events(cards, "refund.failed")[0])
    # The bank has a report of the same name.
    write_down(report=replace(failed, provider="bank"), now=clock.now())
    WebhookEvent.objects.filter(provider="bank").update(state="done")

    done = catch_up(now=clock.now())
    again = catch_up(now=clock.now())

    refund.refresh_from_db()
    assert refund.status == "failed"
    assert done.missed_reports > 0
    assert WebhookEvent.objects.get(provider="stripe", event_id=failed.event_id).object_id == failed.object_id
    assert again.missed_reports == 0


def test_catching_up_brings_everything_right_without_any_report(cards):
    orders = [make_card_order() for _ in range(3)]
    for order in orders:
        pay_by_card(cards, order)

    catch_up(now=clock.now() + timedelta(minutes=5))

    assert set(Order.objects.values_list("status", flat=True)) == {"paid"}
    assert OutboxMessage.objects.filter(kind="order_paid").count() == 3


def test_catching_up_ends_attempts_nobody_wants(cards, order):
    payment = open_page(order)
    Payment.objects.filter(pk=payment.pk).update(close_asked_at=clock.now())

    assert catch_up(now=clock.now()).payments == 0
    payment.refresh_from_db()
    assert payment.status == "cancelled"


def test_catching_up_without_a_list_of_events_does_the_rest(cards, order):
    pay_by_card(cards, order)
    turn(cards, "faults", kind="error", status=404, path="/v1/events", method="GET")

    assert catch_up(now=clock.now() + timedelta(minutes=5)).payments == 1
