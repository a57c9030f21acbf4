"""Cards at the stand-in, through Stripe's own client: one Session per attempt, whatever happens on the line."""

import urllib.parse
from datetime import timedelta

import pytest
import stripe

from shop.common import clock
from shop.domain.ordering.attempts import begin_attempt, exchange_method, reconcile
from shop.domain.ordering.expiring import expire_due_orders
from shop.domain.ordering.facts import facts_of_order
from shop.domain.ordering.links import pay_page
from shop.domain.payments.models import MoneyAlert, Payment, Refund
from shop.domain.payments.provider import OrderFacts, PaymentFact, PaymentRefusal, PaymentRefused, ProviderUnreachable
from shop.domain.payments.providers.stripe_card import StripeCard, keep_session
from shop.domain.payments.providers.stripe_words import session_words
from shop.domain.payments.registry import offered_methods
from shop.oscar_forks.order.models import Order
from tests.factories.cards import make_card_order, open_page, pay_by_card
from tests.factories.payments import METHOD, offer_prepaid
from tests.fake_stripe.buying import DECLINED, SECURE, turn
from tests.fake_stripe.openapi import check_request

pytestmark = pytest.mark.django_db
CARD = StripeCard()


@pytest.fixture
def order(cards):
    return make_card_order()


def sessions(stand_in):
    return list(stand_in.account.store.all("checkout.session"))


def settle(payment, *, close=False):
    return CARD.settle(payment_id=payment.pk, close=close)


def test_what_is_not_configured_is_not_offered(settings):
    settings.STRIPE_SECRET_KEY = ""

    assert "card" not in offered_methods()
    assert CARD.refuse_order(order=OrderFacts(total_vnd=100_000)) == PaymentRefusal.NOT_CONFIGURED


@pytest.mark.parametrize(
    ("total_vnd", "refusal"),
    [
        (14_999, PaymentRefusal.UNDER_LIMIT),
        (15_000, None),
        (99_999_999, None),
        (100_000_000, PaymentRefusal.OVER_LIMIT),
    ],
)
def test_amounts_stripe_would_refuse_are_refused_before(cards, total_vnd, refusal):
    assert CARD.refuse_order(order=OrderFacts(total_vnd=total_vnd)) == refusal


def test_the_page_asks_for_the_total_in_whole_dong_and_says_whose_it_is(cards, order):
    before = clock.now()
    payment = open_page(order)

    session = sessions(cards)[0]
    named = {"payment_id": str(payment.pk), "order_number": order.number}
    assert (payment.provider_ref, payment.page_url) == (session["id"], session["url"])
    assert (session["amount_total"], session["currency"]) == (payment.amount_vnd, "vnd")
    assert (session["metadata"], session["client_reference_id"], session["locale"]) == (named, order.number, "vi")
    assert cards.account.store.get("_intent_data", session["id"])["metadata"] == named
    assert session["success_url"] == f"{pay_page(order)}?xong"
    order.refresh_from_db()
    lasts = timedelta(seconds=session["expires_at"]) - timedelta(seconds=int(before.timestamp()))
    assert timedelta(minutes=31) <= lasts <= timedelta(minutes=31, seconds=20)
    assert order.hold_until - payment.expires_at >= timedelta(minutes=2) - timedelta(seconds=1)


def test_pressing_again_leads_to_the_same_page(cards, order):
    assert {open_page(order).page_url for _ in range(3)} == {sessions(cards)[0]["url"]}
    assert len(sessions(cards)) == 1


def test_each_attempt_has_its_own_session_and_keeps_it(cards, order):
    other = make_card_order().payments.get()
    payment, again = open_page(order), clock.now() + timedelta(minutes=5)

    other.refresh_from_db()
    assert (other.provider_ref, other.expires_at, other.status) == ("", None, "created")
    CARD.begin(payment_id=payment.pk, now=again)
    CARD.begin(payment_id=other.pk, now=again)
    Payment.objects.filter(pk=payment.pk).update(provider_ref="")
    CARD.begin(payment_id=payment.pk, now=again)
    found = Payment.objects.get(pk=payment.pk)
    assert (found.provider_ref, found.page_url, found.expires_at) == (
        payment.provider_ref,
        payment.page_url,
        payment.expires_at,
    )
    assert Payment.objects.get(pk=other.pk).provider_ref not in {"", payment.provider_ref}


def test_the_first_session_found_stays_and_a_state_further_on_too(cards, order):
    payment, other = order.payments.get(), make_card_order().payments.get()
    Payment.objects.filter(pk=payment.pk).update(status="processing")
    for number in (1, 2):
        keep_session(payment, {"id": f"cs_{number}", "url": f"https://stripe.test/{number}"})

    payment.refresh_from_db()
    other.refresh_from_db()
    assert (payment.provider_ref, payment.page_url, payment.status) == ("cs_1", "https://stripe.test/1", "processing")
    assert (other.provider_ref, other.page_url, other.status) == ("", "", "created")


def test_an_attempt_nobody_opened_is_what_the_shop_knows_of_it(cards, order):
    payment = order.payments.get()
    make_card_order()

    assert settle(payment) == PaymentFact("created")
    assert settle(payment, close=True) == PaymentFact("cancelled")


def test_stripe_is_told_its_own_time_while_the_shop_s_clock_is_moved(cards, order, monkeypatch):
    days, now = timedelta(days=3), clock.now()
    monkeypatch.setattr(clock, "moved_by", lambda: days)
    payment = begin_attempt(order_id=order.pk, now=now + days)

    assert sessions(cards)[0]["expires_at"] == int((payment.expires_at - days).timestamp())


def test_every_request_is_one_stripe_documents(cards, order):
    payment = pay_by_card(cards, order)
    settle(payment)
    settle(payment, close=True)

    asked = [request for request in cards.api.requests if request["path"].startswith("/v1/")]
    for request in asked:
        check_request(request["method"], request["path"], urllib.parse.parse_qsl(request["form"]))
    assert len(asked) >= 4


@pytest.mark.parametrize("times", [1, 2])
def test_a_lost_answer_leads_to_the_one_session_that_was_made(cards, order, times):
    turn(cards, "faults", kind="lost", path="/v1/checkout/sessions", times=times)

    payment = open_page(order)

    assert [session["id"] for session in sessions(cards)] == [payment.provider_ref]


def test_a_dead_line_leaves_order_and_hold_and_works_later(cards, order):
    turn(cards, "faults", kind="refuse", path="/v1/checkout/sessions", times=2)
    turn(cards, "faults", kind="refuse", path="/v1/checkout/sessions", method="GET", times=2)

    with pytest.raises(ProviderUnreachable):
        open_page(order)
    order.refresh_from_db()
    assert (order.status, order.payments.get().status) == ("awaiting_payment", "created")
    assert open_page(order).provider_ref == sessions(cards)[0]["id"]


def test_an_error_stripe_keeps_under_the_key_costs_one_attempt_not_the_order(cards, order):
    turn(cards, "faults", kind="error", path="/v1/checkout/sessions", is_kept=True)

    with pytest.raises(ProviderUnreachable):
        open_page(order)
    payment = open_page(order)

    assert list(order.payments.order_by("pk").values_list("status", flat=True)) == ["failed", "requires_action"]
    assert sessions(cards)[0]["metadata"]["payment_id"] == str(payment.pk)


def test_a_session_found_after_a_lost_answer_and_a_restart(cards, order):
    turn(cards, "faults", kind="lost", path="/v1/checkout/sessions", times=2)
    turn(cards, "faults", kind="refuse", path="/v1/checkout/sessions", method="GET", times=2)
    with pytest.raises(ProviderUnreachable):
        open_page(order)
    made = sessions(cards)[0]["id"]

    assert settle(order.payments.get()).status == "created"
    assert open_page(order).provider_ref == made
    assert len(sessions(cards)) == 1


def test_closing_ends_a_session_whose_address_was_lost(cards, order):
    turn(cards, "faults", kind="lost", path="/v1/checkout/sessions", times=2)
    turn(cards, "faults", kind="refuse", path="/v1/checkout/sessions", method="GET", times=2)
    with pytest.raises(ProviderUnreachable):
        open_page(order)

    assert settle(order.payments.get(), close=True).status == "cancelled"
    assert sessions(cards)[0]["status"] == "expired"


def test_who_opens_the_page_late_still_gets_its_whole_time(cards, order):
    late = clock.now() + timedelta(minutes=20)
    payment = begin_attempt(order_id=order.pk, now=late)

    order.refresh_from_db()
    assert payment.provider_ref
    assert order.hold_until >= payment.expires_at + timedelta(minutes=2)


def test_rate_limits_and_bad_days_are_waited_out(cards, order):
    turn(cards, "faults", kind="error", path="/v1/checkout/sessions", status=429)

    with pytest.raises(ProviderUnreachable):
        open_page(order)
    # The second press finds no Session of the first, so the attempt is exchanged: its key may be spent.
    assert open_page(order).page_url


def test_a_wrong_key_is_no_answer(cards, order, settings):
    settings.STRIPE_SECRET_KEY = "sk_test_of_somebody_else"

    with pytest.raises(ProviderUnreachable):
        open_page(order)
    assert order.payments.get().status == Payment.Status.CREATED


def test_a_slow_stripe_does_not_hold_a_buyer(cards, order, monkeypatch):
    monkeypatch.setattr("shop.domain.payments.providers.stripe_client.SECONDS_PER_TRY", 0.2)
    monkeypatch.setattr("shop.domain.payments.providers.stripe_client._client", _client_anew)
    turn(cards, "faults", kind="delay", seconds=1, path="/v1/checkout/sessions", times=2)
    turn(cards, "faults", kind="delay", seconds=1, path="/v1/checkout/sessions", method="GET", times=2)

    with pytest.raises(ProviderUnreachable):
        open_page(order)


def _client_anew(key, base):
    return stripe.StripeClient(
        key, base_addresses={"api": base}, http_client=stripe.RequestsClient(timeout=0.2), max_network_retries=0
    )


def test_money_is_told_with_amount_currency_and_names(cards, order):
    payment = pay_by_card(cards, order)

    fact = settle(payment)

    session = sessions(cards)[0]
    assert (fact.status, fact.amount, fact.captured, fact.currency) == (
        "succeeded",
        payment.amount_vnd,
        payment.amount_vnd,
        "vnd",
    )
    assert (fact.provider_ref, fact.intent_ref) == (session["id"], session["payment_intent"])


def test_a_stand_in_that_expands_nothing_is_asked_once_more(cards, order, monkeypatch):
    payment = pay_by_card(cards, order)
    monkeypatch.setattr("shop.fake_stripe.api.expanded", lambda _account, answer, _paths: answer)

    fact = settle(payment)

    assert (fact.status, fact.captured, fact.intent_ref[:3]) == ("succeeded", payment.amount_vnd, "pi_")


@pytest.mark.parametrize(
    ("card", "answer", "status", "error"),
    [
        (DECLINED, {}, "created", "card_declined"),
        ("4000000000009995", {}, "created", "insufficient_funds"),
        ("4000000000000069", {}, "created", "expired_card"),
        (SECURE, {}, "requires_action", ""),
        (SECURE, {"answer": "refuse"}, "created", "authentication_required"),
        (SECURE, {"answer": "approve"}, "succeeded", ""),
    ],
)
def test_every_ending_of_a_card_is_told(cards, order, card, answer, status, error):
    fact = settle(pay_by_card(cards, order, card, **answer))

    assert (fact.status, fact.error) == (status, error)


def test_closing_ends_the_session_and_reads_it_again(cards, order):
    payment = open_page(order)

    assert settle(payment, close=True).status == "cancelled"
    assert sessions(cards)[0]["status"] == "expired"
    assert settle(payment, close=True).status == "cancelled"


def test_closing_what_was_paid_meanwhile_tells_of_the_money(cards, order):
    assert settle(pay_by_card(cards, order), close=True).status == "succeeded"


def test_another_way_ends_the_session_first(cards, order, monkeypatch):
    offer_prepaid(monkeypatch)
    open_page(order)

    exchange_method(order_id=order.pk, method=METHOD, facts=facts_of_order(order=order), now=clock.now())

    assert sessions(cards)[0]["status"] == "expired"
    assert list(order.payments.order_by("pk").values_list("status", flat=True)) == ["cancelled", "requires_action"]


def test_a_session_that_names_another_attempt_pays_nothing(cards, order):
    payment = pay_by_card(cards, order)
    session = sessions(cards)[0]
    session["metadata"] = {"payment_id": str(payment.pk + 1)}
    cards.account.store.keep(session)

    fact = settle(payment)

    assert (fact.status, fact.error) == ("requires_action", "wrong_order")


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [("amount", -1, "wrong_amount"), ("amount", 1, "wrong_amount"), ("currency", "usd", "wrong_currency")],
)
def test_an_amount_off_by_one_or_another_currency_pays_nothing(cards, order, field, value, kind):
    payment = pay_by_card(cards, order)
    intent = next(cards.account.store.all("payment_intent"))
    if field == "amount":
        intent["amount_received"] += value
    else:
        intent["currency"] = value
    cards.account.store.keep(intent)

    reconcile(now=clock.now() + timedelta(minutes=4))

    payment.refresh_from_db()
    assert (payment.status, payment.captured_vnd) == ("requires_action", 0)
    assert MoneyAlert.objects.get().kind == kind


def test_the_reconciler_finds_money_nobody_reported(cards, order):
    pay_by_card(cards, order)

    assert reconcile(now=clock.now() + timedelta(minutes=4)) == 1

    order.refresh_from_db()
    assert order.status == Order.Status.PAID


def test_an_expiry_that_meets_the_money_leaves_a_living_order(cards, order):
    pay_by_card(cards, order)

    expire_due_orders(now=clock.now() + timedelta(minutes=40))

    order.refresh_from_db()
    assert order.status == Order.Status.PAID


def test_nothing_is_given_up_while_stripe_does_not_answer(cards, order):
    open_page(order)
    turn(cards, "faults", kind="refuse", path="/v1/.*", times=4)
    turn(cards, "faults", kind="refuse", path="/v1/.*", method="GET", times=4)

    expire_due_orders(now=clock.now() + timedelta(minutes=40))

    order.refresh_from_db()
    assert order.status == Order.Status.AWAITING_PAYMENT


def test_amounts_below_stripe_s_own_limit_are_a_refusal_not_a_crash(cards, order):
    Payment.objects.filter(order=order).update(amount_vnd=5_000)

    with pytest.raises(PaymentRefused) as refused:
        CARD.begin(payment_id=order.payments.get().pk, now=clock.now())
    assert refused.value.refusal == PaymentRefusal.UNDER_LIMIT


def test_ten_thousand_totals_are_never_multiplied():
    order = Order(number="OC-1", language="vi", link_seed="x")
    for amount in range(15_000, 99_999_999, 9_999):
        words = session_words(payment=Payment(pk=1, order=order, amount_vnd=amount), ends_at=clock.now())
        assert words["line_items"][0]["price_data"]["unit_amount"] == amount


def refund_of(payment, amount_vnd, key="x"):
    return Refund.objects.create(
        payment=payment,
        order=payment.order,
        key=key,
        amount_vnd=amount_vnd,
        reason="goodwill",
        status="submitted",
        requested_at=clock.now(),
        attempts=1,
    )


@pytest.fixture
def paid(cards, order):
    payment = pay_by_card(cards, order)
    reconcile(now=clock.now() + timedelta(minutes=4))
    payment.refresh_from_db()
    return payment


def test_a_refund_is_made_once_however_often_it_is_asked_for(cards, paid):
    refund = refund_of(paid, 50_000)
    turn(cards, "faults", kind="lost", path="/v1/refunds", times=2)
    with pytest.raises(ProviderUnreachable):
        CARD.refund(refund_id=refund.pk)

    answers = {CARD.refund(refund_id=refund.pk) for _ in range(3)}
    Refund.objects.filter(pk=refund.pk).update(attempts=2)
    answers.add(CARD.refund(refund_id=refund.pk))

    made = list(cards.account.store.all("refund"))
    assert [one["amount"] for one in made] == [50_000]
    assert {(fact.status, fact.provider_ref) for fact in answers} == {("succeeded", made[0]["id"])}


def test_a_key_stripe_forgot_does_not_refund_twice(cards, paid):
    refund = refund_of(paid, 50_000)
    CARD.refund(refund_id=refund.pk)
    for kept in list(cards.account.store.all("_key")):
        cards.account.store.drop(kept)
    Refund.objects.filter(pk=refund.pk).update(attempts=2)

    assert CARD.refund(refund_id=refund.pk).status == "succeeded"
    assert len(list(cards.account.store.all("refund"))) == 1


def test_parts_and_the_rest_are_refunded_and_no_more(cards, paid):
    half = paid.amount_vnd // 2
    first = CARD.refund(refund_id=refund_of(paid, half, "a").pk)
    rest = CARD.refund(refund_id=refund_of(paid, paid.amount_vnd - half, "b").pk)
    more = CARD.refund(refund_id=refund_of(paid, 1, "c").pk)

    assert [fact.status for fact in (first, rest, more)] == ["succeeded", "succeeded", "failed"]
    assert more.error == "charge_already_refunded"


def test_a_refund_under_way_is_asked_about_by_its_name(cards, order):
    payment = pay_by_card(cards, order, "4000000000007726")
    reconcile(now=clock.now() + timedelta(minutes=4))
    payment.refresh_from_db()
    refund = refund_of(payment, 20_000)
    fact = CARD.refund(refund_id=refund.pk)
    Refund.objects.filter(pk=refund.pk).update(provider_ref=fact.provider_ref)
    turn(cards, "clock", ahead_seconds=60)

    assert (fact.status, CARD.refund(refund_id=refund.pk).status) == ("submitted", "succeeded")
