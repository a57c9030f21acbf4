"""Checkout Sessions: open, paid or expired, never two of these."""

from .account import Account
from .errors import Refused
from .parameters import CREATED, METADATA, require
from .shapes import CURRENCY, session_object

ITEM = {
    "quantity": int,
    "price_data": {"currency": str, "unit_amount": int, "product_data": {"name": str, "description": str}},
}
CREATE = {
    "mode": str,
    "success_url": str,
    "cancel_url": str,
    "client_reference_id": str,
    "customer_email": str,
    "expires_at": int,
    "locale": str,
    "metadata": METADATA,
    "payment_method_types": [str],
    "line_items": [ITEM],
    "submit_type": str,
    "payment_intent_data": {"metadata": METADATA, "description": str},
    "expand": [str],
}
LIST = {
    "created": CREATED,
    "limit": int,
    "starting_after": str,
    "ending_before": str,
    "payment_intent": str,
    "status": str,
    "expand": [str],
}
SHORTEST_SECONDS, LONGEST_SECONDS = 30 * 60, 24 * 3600
# US$0.50 after conversion, and eight digits.
AMOUNT_MIN, AMOUNT_MAX = 13_000, 99_999_999
ITEMS_MAX = 100


def create_session(account: Account, asked: dict) -> dict:
    """`POST /v1/checkout/sessions`."""
    require(asked, "mode", "success_url", "line_items")
    if asked["mode"] != "payment":
        raise Refused("This stand-in knows mode=payment only.", param="mode")
    now = account.now()
    ends = asked.setdefault("expires_at", now + LONGEST_SECONDS)
    if ends < now + SHORTEST_SECONDS:
        raise Refused(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.", param="expires_at"
        )
    if ends > now + LONGEST_SECONDS:
        raise Refused("The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.", param="expires_at")
    session = session_object(asked, total=_total(asked["line_items"]), now=now, base_url=account.base_url)
    account.store.keep(session)
    # What the intent will carry once somebody pays; Stripe does not show it on the Session.
    account.store.keep({"object": "_intent_data", "id": session["id"], **asked.get("payment_intent_data", {})})
    account.later(ends - now, "expire", session["id"])
    return session


def _total(items: list[dict]) -> int:
    if not 1 <= len(items) <= ITEMS_MAX:
        raise Refused(f"A Session has 1 to {ITEMS_MAX} line items.", param="line_items")
    total = 0
    for place, item in enumerate(items):
        path = f"line_items[{place}]"
        require(item.get("price_data", {}), "currency", "unit_amount", "product_data")
        require(item["price_data"]["product_data"], "name")
        if item["price_data"]["currency"].lower() != CURRENCY:
            raise Refused("This stand-in knows đồng (vnd) only.", param=f"{path}[price_data][currency]")
        if item["price_data"]["unit_amount"] < 0 or item.get("quantity", 1) < 1:
            raise Refused("Invalid non-negative integer", code="parameter_invalid_integer", param=path)
        total += item["price_data"]["unit_amount"] * item.get("quantity", 1)
    if total < AMOUNT_MIN:
        raise Refused(f"The Checkout Session's total amount due must add up to at least ₫{AMOUNT_MIN:,}", code="amount_too_small")
    if total > AMOUNT_MAX:
        raise Refused(f"The Checkout Session's total amount must be no more than ₫{AMOUNT_MAX:,}", code="amount_too_large")
    return total


def retrieve_session(account: Account, asked: dict, identifier: str) -> dict:  # noqa: ARG001  every route has these
    """`GET /v1/checkout/sessions/:id`."""
    return account.store.get("checkout.session", identifier)


def list_sessions(account: Account, asked: dict) -> dict:
    """`GET /v1/checkout/sessions`."""
    wanted = {name: asked[name] for name in ("payment_intent", "status") if name in asked}
    return account.store.page(
        "checkout.session",
        asked,
        url="/v1/checkout/sessions",
        matches=lambda session: all(session[name] == value for name, value in wanted.items()),
    )


def expire_session(account: Account, asked: dict, identifier: str) -> dict:  # noqa: ARG001  every route has these
    """`POST /v1/checkout/sessions/:id/expire`."""
    session = account.store.get("checkout.session", identifier)
    if session["status"] != "open":
        raise Refused(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of '
            f"{session['status']}.",
            is_final=True,
        )
    return _expire(account, session)


def expire_when_due(account: Account, identifier: str) -> None:
    """The end nobody asked for."""
    session = account.store.get("checkout.session", identifier)
    if session["status"] == "open":
        _expire(account, session)


def _expire(account: Account, session: dict) -> dict:
    session |= {"status": "expired", "url": None}
    account.store.keep(session)
    if session["payment_intent"]:
        intent = account.store.get("payment_intent", session["payment_intent"])
        intent |= {"status": "canceled", "canceled_at": account.now(), "cancellation_reason": "expired", "next_action": None}
        account.emit("payment_intent.canceled", account.store.keep(intent))
    account.emit("checkout.session.expired", session)
    return session
