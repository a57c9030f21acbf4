"""What Stripe reports, done. The event is a hint: its object is fetched again, and what that says now is applied.

So neither the order of events nor their number matters.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import stripe

from shop.common import clock
from shop.domain.ledger import postings
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.inbox import Report, write_down
from shop.domain.payments.models import MoneyAlert, Payment, Refund, WebhookEvent
from shop.domain.payments.models.payment import CAPTURED_STATUSES
from shop.domain.payments.providers.stripe_card import StripeCard, answers, fetch_session, keep_session
from shop.domain.payments.providers.stripe_client import is_configured, is_live, plain, stripe_client
from shop.domain.payments.providers.stripe_reading import (
    WRONG_ORDER,
    dispute_of,
    fact_of_refund,
    fact_of_session,
    fee_of_booking,
    fee_of_session,
)

from .disputing import apply_dispute
from .paying import apply_fact
from .refunding import apply_refund_fact
from .unknown_news import NotKnownYet

logger = logging.getLogger(__name__)

PROVIDER = "stripe"
CARD = StripeCard()


def hear(event: WebhookEvent, now: datetime) -> bool:
    """Make true here what is true at Stripe; False for kinds of events the shop has no use for."""
    for beginning, hear_kind in KINDS.items():
        if event.type.startswith(beginning):
            return hear_kind(event, now)
    return False


def fetch_missed_reports(*, since: datetime, now: datetime) -> int:
    """Write down the events since then that never arrived; returns how many. Nothing when Stripe does not answer."""
    if not is_configured():
        return 0
    began = since - clock.moved_by()
    try:
        told = stripe_client().v1.events.list({"created": {"gte": int(began.timestamp())}, "limit": 100})
        reports = [_report_of(plain(event)) for event in told.auto_paging_iter()]
    except stripe.StripeError as error:
        logger.warning("Stripe's list of events was not to be had: %s", error)
        return 0
    ours = [report for report in reports if report.type.startswith(tuple(KINDS)) and report.is_live == is_live()]
    known = set(WebhookEvent.objects.filter(provider=PROVIDER, received_at__gte=since).values_list("event_id", flat=True))
    missed = [report for report in ours if report.event_id not in known]
    # The oldest first, as they would have come.
    for report in reversed(missed):
        write_down(report=report, now=now)
    return len(missed)


def _report_of(event: dict[str, Any]) -> Report:
    about = event["data"]["object"]
    return Report(PROVIDER, event["id"], event["type"], str(about.get("id") or ""), bool(event["livemode"]), event)


def _hear_session(event: WebhookEvent, now: datetime) -> bool:
    payment = Payment.objects.filter(method=CARD.method, provider_ref=event.object_id).first()
    with _known(event.object_id):
        session = fetch_session(event.object_id)
    if payment is None:
        payment = _named_payment(session, event.object_id)
        if payment.provider_ref:
            return _is_of_another_order(payment, event.object_id, now)
        # Its address was lost with an answer, and somebody has it all the same.
        keep_session(payment, session)
    return _apply_session(payment, session, now)


def _hear_intent(event: WebhookEvent, now: datetime) -> bool:
    intent_id = _intent_of(event)
    payment = _paid_by(intent_id, event.object_id)
    session = CARD.read_session(payment=payment)
    if session is None:
        raise NotKnownYet(intent_id)
    if (session.get("payment_intent") or {}).get("id") != intent_id:
        return _is_of_another_order(payment, intent_id, now)
    _apply_session(payment, session, now)
    if event.type == "charge.refunded":
        _hear_refunds_of(intent_id, now)
    return True


def _hear_refund(event: WebhookEvent, now: datetime) -> bool:
    with _known(event.object_id):
        made = plain(stripe_client().v1.refunds.retrieve(event.object_id))
    return _apply_refund(made, now)


def _hear_dispute(event: WebhookEvent, now: datetime) -> bool:
    with _known(event.object_id):
        opened = plain(stripe_client().v1.disputes.retrieve(event.object_id))
    intent_id = opened.get("payment_intent") or ""
    payment = _paid_by(intent_id, event.object_id)
    if payment.status not in CAPTURED_STATUSES:  # news of the payment itself is still on its way
        session = CARD.read_session(payment=payment)
        if session is not None:
            _apply_session(payment, session, now)
            payment.refresh_from_db()
    if payment.intent_ref != intent_id:
        raise NotKnownYet(intent_id)
    apply_dispute(payment_id=payment.pk, dispute=dispute_of(opened), now=now)
    for booked in opened.get("balance_transactions") or ():
        if isinstance(booked, dict):
            _book_fee(payment, fee_of_booking(booked), now)
    return True


def _apply_session(payment: Payment, session: dict[str, Any], now: datetime) -> bool:
    fact = fact_of_session(session, payment=payment)
    if fact.error == WRONG_ORDER:
        return _is_of_another_order(payment, session["id"], now)
    applied = apply_fact(payment_id=payment.pk, fact=fact, now=now)
    if applied.status in CAPTURED_STATUSES:
        _book_fee(applied, fee_of_session(session), now)
    return True


def _apply_refund(made: dict[str, Any], now: datetime) -> bool:
    intent_id = made.get("payment_intent") or ""
    payment = _paid_by(intent_id, made["id"])
    if payment.intent_ref not in {"", intent_id}:
        raise NotKnownYet(made["id"])
    named = (made.get("metadata") or {}).get("refund_id", "")
    refund = Refund.objects.filter(pk=int(named), payment=payment).first() if named.isdecimal() else None
    if refund is None or refund.amount_vnd != made["amount"]:
        # Somebody gave money back in Stripe's own dashboard: the books must be told by a person.
        kind = MoneyAlert.Kind.UNKNOWN_OBJECT
        raise_alert(key=f"stripe:{made['id']}", kind=kind, payment=payment, amount_vnd=made["amount"], now=now, object=made["id"])
        return True
    apply_refund_fact(refund_id=refund.pk, fact=fact_of_refund(made), now=now)
    return True


def _hear_refunds_of(intent_id: str, now: datetime) -> None:
    with answers():
        made = list(stripe_client().v1.refunds.list({"payment_intent": intent_id, "limit": 100}).auto_paging_iter())
    for refund in made:
        _apply_refund(plain(refund), now)


def _book_fee(payment: Payment, fee: tuple[str, int] | None, now: datetime) -> None:
    if fee is not None:
        postings.charge_fee(event_id=fee[0], amount_vnd=fee[1], order_id=payment.order_id, payment_id=payment.pk, now=now)


def _paid_by(intent_id: str, told_of: str) -> Payment:
    """The attempt that an intent, of which something is told, is of; the intent is asked itself when this is its first news."""
    if not intent_id:
        raise NotKnownYet(told_of)
    payment = Payment.objects.filter(method=CARD.method, intent_ref=intent_id).first()
    if payment is None:
        with _known(intent_id):
            payment = _named_payment(plain(stripe_client().v1.payment_intents.retrieve(intent_id)), intent_id)
    return payment


def _named_payment(thing: dict[str, Any], identifier: str) -> Payment:
    """The attempt an object of Stripe's says it is of."""
    named = (thing.get("metadata") or {}).get("payment_id", "")
    payment = Payment.objects.filter(method=CARD.method, pk=int(named)).first() if named.isdecimal() else None
    if payment is None:
        raise NotKnownYet(identifier)
    return payment


def _is_of_another_order(payment: Payment, identifier: str, now: datetime) -> bool:
    """An object that names an attempt which is not its own pays nothing; a person looks at it."""
    kind = MoneyAlert.Kind.WRONG_ORDER
    raise_alert(key=f"payment:{payment.pk}:{kind}:{identifier}", kind=kind, payment=payment, now=now, object=identifier)
    return True


def _intent_of(event: WebhookEvent) -> str:
    if event.object_id.startswith("pi_"):
        return event.object_id
    return (event.payload.get("data", {}).get("object") or {}).get("payment_intent") or ""


@contextmanager
def _known(identifier: str) -> Iterator[None]:
    """Reading something by its id: a refusal means that it is not known, everything else that nobody answered."""
    with answers():
        try:
            yield
        except stripe.InvalidRequestError as error:
            raise NotKnownYet(identifier) from error


KINDS: Mapping[str, Callable[[WebhookEvent, datetime], bool]] = {
    "checkout.session.": _hear_session,
    "payment_intent.": _hear_intent,
    "refund.": _hear_refund,
    "charge.refund.": _hear_refund,
    "charge.dispute.": _hear_dispute,
    "charge.": _hear_intent,
}
