"""What happens when somebody puts a card on the hosted page."""

from .account import Account
from .cards import DECLINES, Card
from .disputes import open_dispute
from .shapes import balance_object, charge_object, intent_object, outcome

# The fee is made up (3.4 % and 8,000 đ), but whole like Stripe's.
FEE_PER_MILLE, FEE_FIXED = 34, 8_000
SECONDS_TO_SETTLE = 1


def pay(account: Account, session: dict, card: Card, email: str | None) -> dict:
    """Try a card on an open Session; the answer is its PaymentIntent, whose status says what became of it."""
    intent = _intent_of(account, session)
    if card.declined:
        return _decline(account, intent, card, email)
    if card.asks_owner:
        return _ask_owner(account, intent, card, email)
    return _succeed(account, session, intent, card, email)


def answer_owner(account: Account, session: dict, card: Card, email: str | None, *, approved: bool) -> dict:
    """The owner of the card said yes or no to the bank (3-D Secure)."""
    intent = account.store.get("payment_intent", session["payment_intent"])
    if intent["status"] != "requires_action":
        return intent
    if approved:
        return _succeed(account, session, intent, card, email, authenticated=True)
    return _fail(
        account,
        intent,
        {
            "code": "payment_intent_authentication_failure",
            "message": "We are unable to authenticate your payment method. "
            "Please choose a different payment method and try again.",
        },
    )


def settle(account: Account, charge_id: str) -> None:
    """Stripe books a charge a moment after it succeeded."""
    charge = account.store.get("charge", charge_id)
    amount = charge["amount"]
    fee = -(-amount * FEE_PER_MILLE // 1000) + FEE_FIXED
    booking = balance_object(charge["id"], kind="charge", category="charge", amount=amount, fee=fee, now=account.now())
    charge["balance_transaction"] = account.store.keep(booking)["id"]
    account.emit("charge.updated", account.store.keep(charge))


def _intent_of(account: Account, session: dict) -> dict:
    """Made when the page is first used, not with the Session."""
    if session["payment_intent"]:
        return account.store.get("payment_intent", session["payment_intent"])
    data = account.store.get("_intent_data", session["id"])
    intent = account.store.keep(intent_object(data, amount=session["amount_total"], now=account.now()))
    session["payment_intent"] = intent["id"]
    account.store.keep(session)
    account.emit("payment_intent.created", intent)
    return intent


def _succeed(
    account: Account, session: dict, intent: dict, card: Card, email: str | None, *, authenticated: bool = False
) -> dict:
    now = account.now()
    charge = charge_object(intent, card=card.details(authenticated=authenticated), email=email, now=now)
    account.store.keep(charge)
    account.store.keep({"object": "_card", "id": charge["id"], "number": card.number})
    intent |= {"status": "succeeded", "amount_received": intent["amount"], "latest_charge": charge["id"], "next_action": None}
    intent |= {"payment_method": charge["payment_method"], "last_payment_error": None}
    account.store.keep(intent)
    details = {"address": None, "business_name": None, "email": email, "individual_name": None, "name": None}
    details |= {"phone": None, "tax_exempt": "none", "tax_ids": []}
    session |= {"status": "complete", "payment_status": "paid", "url": None, "customer_details": details}
    account.store.keep(session)
    account.emit("charge.succeeded", charge)
    account.emit("payment_intent.succeeded", intent)
    account.emit("checkout.session.completed", session)
    account.later(SECONDS_TO_SETTLE, "settle", charge["id"])
    if card.is_disputed:
        open_dispute(account, charge, amount=charge["amount"], reason="fraudulent")
    return intent


def _ask_owner(account: Account, intent: dict, card: Card, email: str | None) -> dict:
    account.store.keep({"object": "_asked", "id": intent["id"], "number": card.number, "email": email})
    page = f"{account.base_url}/c/3ds/{intent['id']}"
    intent["status"] = "requires_action"
    intent["next_action"] = {"type": "redirect_to_url", "redirect_to_url": {"return_url": None, "url": page}}
    account.emit("payment_intent.requires_action", account.store.keep(intent))
    return intent


def _decline(account: Account, intent: dict, card: Card, email: str | None) -> dict:
    code, message = DECLINES[card.declined]
    charge = charge_object(intent, card=card.details(), email=email, now=account.now())
    charge |= {"status": "failed", "paid": False, "captured": False, "amount_captured": 0}
    charge |= {"failure_code": code, "failure_message": message}
    charge["outcome"] = outcome(kind="issuer_declined", reason=card.declined)
    account.store.keep(charge)
    intent["latest_charge"] = charge["id"]
    account.emit("charge.failed", charge)
    error = {"code": code, "message": message, "charge": charge["id"]}
    return _fail(account, intent, error | ({"decline_code": card.declined} if code == "card_declined" else {}))


def _fail(account: Account, intent: dict, error: dict) -> dict:
    intent |= {"status": "requires_payment_method", "next_action": None, "last_payment_error": {"type": "card_error", **error}}
    account.emit("payment_intent.payment_failed", account.store.keep(intent))
    return intent
