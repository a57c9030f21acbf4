"""What a shop asks of Stripe, and what a buyer does on the hosted page."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request

GOOD, DECLINED, SECURE = "4242424242424242", "4000000000000002", "4000002760003184"
SLOW_REFUND, FAILING_REFUND, DISPUTED = "4000000000007726", "4000000000005126", "4000000000000259"


def session_words(**changed) -> dict:
    """Parameters of a Session over 250,000 đ."""
    price = {"currency": "vnd", "unit_amount": 250_000, "product_data": {"name": "Đơn hàng OC-7K2M9P4T"}}
    return {
        "mode": "payment",
        "success_url": "http://127.0.0.1:1/paid?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://127.0.0.1:1/back",
        "line_items": [{"quantity": 1, "price_data": price}],
        "expires_at": int(time.time()) + 31 * 60,
        "metadata": {"payment_id": "7"},
        "payment_intent_data": {"metadata": {"payment_id": "7"}},
        "locale": "vi",
        **changed,
    }


def priced(amount: int, currency: str = "vnd") -> dict:
    """Other line items."""
    data = {"currency": currency, "unit_amount": amount, "product_data": {"name": "x"}}
    return {"line_items": [{"quantity": 1, "price_data": data}]}


def turn(stand_in, knob: str, how: str = "POST", /, **asked) -> dict:
    """Turn a knob of the stand-in."""
    body = json.dumps(asked).encode() if how == "POST" else None
    request = urllib.request.Request(  # noqa: S310  our own address
        f"{stand_in.base_url}/_stand_in/{knob}", body, {"Content-Type": "application/json"}, method=how
    )
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310  the same
        return json.loads(response.read())


def bought(stand_in, client, card: str = GOOD):
    """A Session that was paid, and its PaymentIntent."""
    session = client.v1.checkout.sessions.create(session_words())
    turn(stand_in, f"sessions/{session.id}/pay", card=card)
    session = client.v1.checkout.sessions.retrieve(session.id)
    return session, client.v1.payment_intents.retrieve(session.payment_intent)
