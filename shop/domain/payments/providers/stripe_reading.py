"""What Stripe's objects say, in the shop's words. Objects are fetched again before they are believed."""

from typing import Any

from shop.domain.payments.models import Payment, Refund
from shop.domain.payments.provider import DisputeFact, PaymentFact, RefundFact

S = Payment.Status
EXPAND = ["payment_intent.latest_charge.balance_transaction"]
EXPAND_OF_INTENT = ["latest_charge.balance_transaction"]
WRONG_ORDER = "wrong_order"
IN_TRANSIT = {"requires_action": S.REQUIRES_ACTION, "processing": S.PROCESSING, "requires_capture": S.PROCESSING}
# Why a bank or Stripe said no, as the shop's pages know it.
KNOWN_ERRORS = {
    "payment_intent_authentication_failure": "authentication_required",
    "incorrect_cvc": "card_declined",
}


def fact_of_session(session: dict[str, Any], *, payment: Payment) -> PaymentFact:
    """Say what a Checkout Session (with its PaymentIntent expanded) is for this payment."""
    if (session.get("metadata") or {}).get("payment_id") != str(payment.pk):
        return PaymentFact(S(payment.status), error=WRONG_ORDER)
    intent = session.get("payment_intent") or {}
    return PaymentFact(
        status=_status_of(session, intent),
        amount=session.get("amount_total") or 0,
        captured=intent.get("amount_received") or 0,
        currency=str(intent.get("currency") or session.get("currency") or ""),
        provider_ref=session["id"],
        intent_ref=intent.get("id") or "",
        error=_error_of(intent),
    )


def fact_of_refund(refund: dict[str, Any]) -> RefundFact:
    """Say what a refund of Stripe's is for ours: there, failed, or still on its way."""
    status = refund.get("status")
    if status == "succeeded":
        return RefundFact(Refund.Status.SUCCEEDED, provider_ref=refund["id"])
    if status in {"failed", "canceled"}:
        return RefundFact(Refund.Status.FAILED, provider_ref=refund["id"], error=refund.get("failure_reason") or status)
    return RefundFact(Refund.Status.SUBMITTED, provider_ref=refund["id"])


def dispute_of(opened: dict[str, Any]) -> DisputeFact:
    """Say what a dispute of Stripe's is; warnings take no money yet, or never."""
    status = str(opened.get("status"))
    ended = {"won": S.DISPUTE_WON, "lost": S.DISPUTE_LOST}
    took_money = status in {"needs_response", "under_review", *ended}
    return DisputeFact(
        dispute_id=opened["id"],
        amount_vnd=int(opened["amount"]),
        currency=str(opened.get("currency")),
        status=ended.get(status, S.DISPUTED) if took_money else None,
        reason=str(opened.get("reason") or ""),
    )


def fee_of_session(session: dict[str, Any]) -> tuple[str, int] | None:
    """Return the name and đồng of the fee Stripe kept, once it has booked the charge."""
    charge = (session.get("payment_intent") or {}).get("latest_charge")
    booked = charge.get("balance_transaction") if isinstance(charge, dict) else None
    return fee_of_booking(booked) if isinstance(booked, dict) else None


def fee_of_booking(booked: dict[str, Any]) -> tuple[str, int] | None:
    """Return the fee of a balance transaction in đồng; accounts abroad keep it in their own currency, with its rate."""
    fee, currency = int(booked.get("fee") or 0), str(booked.get("currency"))
    if currency != "vnd":
        rate = booked.get("exchange_rate")
        if not rate:
            return None
        fee = round(fee / _parts_of_one(currency) / rate)
    return (booked["id"], fee) if fee > 0 else None


def _parts_of_one(currency: str) -> int:
    """How many of the smallest unit make one of a currency: one for those without fractions."""
    return 1 if currency in WITHOUT_FRACTIONS else 100


WITHOUT_FRACTIONS = frozenset(
    ["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv", "xaf", "xof", "xpf"]
)


def _status_of(session: dict[str, Any], intent: dict[str, Any]) -> str:
    if session.get("payment_status") == "paid" and intent.get("status") == "succeeded":
        return S.SUCCEEDED
    if session.get("status") == "expired":
        return S.CANCELLED
    if session.get("status") == "complete":
        return S.PROCESSING
    return IN_TRANSIT.get(str(intent.get("status")), S.CREATED)


def _error_of(intent: dict[str, Any]) -> str:
    error = intent.get("last_payment_error") or {}
    code = error.get("decline_code") or error.get("code") or ""
    return KNOWN_ERRORS.get(code, code) if code != "generic_decline" else "card_declined"
