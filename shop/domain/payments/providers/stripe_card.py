"""Cards, on Stripe's hosted page: one Checkout Session per attempt; card data never comes near the shop.

Nothing is believed that Stripe did not answer itself. Keys of idempotency come from our rows, so that a repetition after a
lost answer, by whichever process, finds the same Session and the same refund.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import stripe
from django.conf import settings

from shop.common import clock
from shop.domain.payments.models import Payment, Refund
from shop.domain.payments.provider import (
    AttemptIsOver,
    OrderFacts,
    PaymentFact,
    PaymentRefusal,
    PaymentRefused,
    ProviderUnreachable,
    RefundFact,
)

from .stripe_client import has_no_answer, is_configured, plain, stripe_client
from .stripe_reading import EXPAND, EXPAND_OF_INTENT, fact_of_refund, fact_of_session
from .stripe_words import session_words

# Stripe's limits: about US$0.50 after conversion (kept well above it), and eight digits.
AMOUNT_MIN_VND, AMOUNT_MAX_VND = 15_000, 99_999_999
# The shop lets go of the goods a little after the page has closed.
PAGE_ENDS_BEFORE_HOLD = timedelta(minutes=2)
# Clocks differ; a list by time looks a little further back.
CLOCKS_DIFFER_BY = timedelta(minutes=5)
REFUSED_AMOUNTS = {"amount_too_small": PaymentRefusal.UNDER_LIMIT, "amount_too_large": PaymentRefusal.OVER_LIMIT}


class StripeCard:
    """See `PaymentProvider`."""

    method = "card"
    is_paid_before_packing = True
    clearing_account = "gateway_clearing"

    def refuse_order(self, *, order: OrderFacts) -> PaymentRefusal | None:
        if not is_configured():
            return PaymentRefusal.NOT_CONFIGURED
        if order.total_vnd > AMOUNT_MAX_VND:
            return PaymentRefusal.OVER_LIMIT
        if order.total_vnd < AMOUNT_MIN_VND:
            return PaymentRefusal.UNDER_LIMIT
        return None

    def hold_until(self, *, now: datetime) -> datetime | None:
        return now + timedelta(minutes=settings.HOLD_CARD_MINUTES)

    def begin(self, *, payment_id: int, now: datetime) -> None:
        """Open the Session of an attempt, or find the one an earlier try opened.

        Raises ProviderUnreachable, PaymentRefused, AttemptIsOver.
        """
        ends = now + timedelta(minutes=settings.HOLD_CARD_MINUTES) - PAGE_ENDS_BEFORE_HOLD
        is_first_try = Payment.objects.filter(pk=payment_id, expires_at=None).update(expires_at=ends) == 1
        payment = Payment.objects.select_related("order").get(pk=payment_id)
        if payment.provider_ref:
            return
        words = session_words(payment=payment, ends_at=_as_the_world_counts(payment.expires_at))
        try:
            session = stripe_client().v1.checkout.sessions.create(words, {"idempotency_key": f"cs:{payment.pk}"})
        except stripe.StripeError as error:
            keep_session(payment, self._after_failed_begin(payment, error, is_first_try=is_first_try))
        else:
            keep_session(payment, plain(session))

    def settle(self, *, payment_id: int, close: bool) -> PaymentFact | None:
        payment = Payment.objects.get(pk=payment_id)
        session = self.read_session(payment=payment, close=close)
        if session is None:
            # Never opened, or opened and its address lost with the answer: nobody can pay there.
            return PaymentFact(Payment.Status.CANCELLED if close else Payment.Status(payment.status))
        return fact_of_session(session, payment=payment)

    def read_session(self, *, payment: Payment, close: bool = False) -> dict[str, Any] | None:
        """Return the Session of an attempt as it is now, with its money; ended before that when `close`."""
        with answers():
            session_id = payment.provider_ref or (_find_session(payment) or {}).get("id")
            if not session_id:
                return None
            if close:
                _expire(session_id)
            return fetch_session(session_id)

    def refund(self, *, refund_id: int) -> RefundFact:
        refund = Refund.objects.select_related("payment").get(pk=refund_id)
        with answers():
            if refund.provider_ref:
                return fact_of_refund(plain(stripe_client().v1.refunds.retrieve(refund.provider_ref)))
            # Stripe forgets keys after a day: what was asked before is looked for first.
            known = _find_refund(refund) if refund.attempts > 1 else None
            return fact_of_refund(known or _create_refund(refund))

    def _after_failed_begin(self, payment: Payment, error: stripe.StripeError, *, is_first_try: bool) -> dict[str, Any]:
        """The answer may be lost and the work done: look, before anything is said."""
        code = getattr(error, "code", None)
        if code in REFUSED_AMOUNTS:
            raise PaymentRefused(REFUSED_AMOUNTS[code]) from error
        with answers():
            found = _find_session(payment)
        if found is not None:
            return found
        if has_no_answer(error) and is_first_try:
            raise ProviderUnreachable(type(error).__name__) from error
        # Refused for good, or asked a second time and still not there: another attempt has another key.
        raise AttemptIsOver(payment.pk) from error


@contextmanager
def answers() -> Iterator[None]:
    """Whatever tells nothing about what is true becomes ProviderUnreachable."""
    try:
        yield
    except stripe.StripeError as error:
        raise ProviderUnreachable(f"{type(error).__name__} {getattr(error, 'code', None) or ''}".strip()) from error


def fetch_session(session_id: str) -> dict[str, Any]:
    """Return a Session with its money, as it is now; raises what Stripe's client raises."""
    session = plain(stripe_client().v1.checkout.sessions.retrieve(session_id, {"expand": EXPAND}))
    if isinstance(session.get("payment_intent"), str):  # whoever answers does not expand
        intent = stripe_client().v1.payment_intents.retrieve(session["payment_intent"], {"expand": EXPAND_OF_INTENT})
        session["payment_intent"] = plain(intent)
    return session


def keep_session(payment: Payment, session: dict[str, Any]) -> None:
    """Write down which Session is this attempt's, and its address; the first one found stays."""
    status = Payment.Status.REQUIRES_ACTION
    changes = {"provider_ref": session["id"], "page_url": session.get("url") or ""}
    opened = Payment.objects.filter(pk=payment.pk, provider_ref="")
    opened.filter(status=Payment.Status.CREATED).update(**changes, status=status) or opened.update(**changes)


def _expire(session_id: str) -> None:
    try:
        stripe_client().v1.checkout.sessions.expire(session_id)
    except stripe.InvalidRequestError:
        pass  # paid or expired already: reading it again tells which


def _find_session(payment: Payment) -> dict[str, Any] | None:
    """Search is late at Stripe, lists are not: look through the Sessions made since this attempt began to be opened."""
    if payment.expires_at is None:
        return None
    since = _as_the_world_counts(payment.created_at) - CLOCKS_DIFFER_BY
    sessions = stripe_client().v1.checkout.sessions.list({"created": {"gte": int(since.timestamp())}, "limit": 100})
    for session in sessions.auto_paging_iter():
        found = plain(session)
        if (found.get("metadata") or {}).get("payment_id") == str(payment.pk):
            return found
    return None


def _find_refund(refund: Refund) -> dict[str, Any] | None:
    listed = stripe_client().v1.refunds.list({"payment_intent": refund.payment.intent_ref, "limit": 100})
    for made in listed.auto_paging_iter():
        found = plain(made)
        if (found.get("metadata") or {}).get("refund_id") == str(refund.pk):
            return found
    return None


def _create_refund(refund: Refund) -> dict[str, Any]:
    words: Any = {
        "payment_intent": refund.payment.intent_ref,
        "amount": refund.amount_vnd,
        "reason": "requested_by_customer",
        "metadata": {"refund_id": str(refund.pk), "payment_id": str(refund.payment_id)},
    }
    try:
        return plain(stripe_client().v1.refunds.create(words, {"idempotency_key": f"refund:{refund.pk}"}))
    except (stripe.InvalidRequestError, stripe.IdempotencyError) as error:
        if has_no_answer(error):
            raise
        # Refused: unless an earlier try went through, a person has to look.
        return _find_refund(refund) or {"id": "", "status": "failed", "failure_reason": error.code or "refused"}


def _as_the_world_counts(moment: datetime) -> datetime:
    """Stripe lives in the present, also while SHOP_CLOCK moves the shop."""
    return moment - clock.moved_by()
