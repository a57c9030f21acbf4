"""Refunds: never more than was taken; some fail later, as real ones do."""

from http import HTTPStatus

from .account import Account
from .cards import CARDS
from .errors import Refused
from .parameters import CREATED, METADATA
from .shapes import balance_object, refund_object

CREATE = {"charge": str, "payment_intent": str, "amount": int, "reason": str, "metadata": METADATA, "expand": [str]}
LIST = {
    "charge": str,
    "payment_intent": str,
    "created": CREATED,
    "limit": int,
    "starting_after": str,
    "ending_before": str,
    "expand": [str],
}
REASONS = {"duplicate", "fraudulent", "requested_by_customer"}
SECONDS_UNTIL_ANSWERED = 2


def create_refund(account: Account, asked: dict) -> dict:
    """`POST /v1/refunds`."""
    if asked.get("reason", "duplicate") not in REASONS:
        raise Refused(f"Invalid reason: must be one of {', '.join(sorted(REASONS))}", param="reason")
    charge = _charge_to_refund(account, asked)
    amount = _amount_to_refund(charge, asked)
    refund = account.store.keep(refund_object(charge, asked, amount=amount, now=account.now()))
    ending = CARDS[account.store.get("_card", charge["id"])["number"]].refund
    if ending == "pending":
        refund["status"] = "pending"
    if ending != "succeeded":
        account.later(SECONDS_UNTIL_ANSWERED, f"refund_{ending}", refund["id"])
    _book(account, refund, kind="refund", amount=-amount, into="balance_transaction")
    _count(account, charge, amount)
    account.emit("refund.created", refund)
    account.emit("charge.refunded", charge)
    return refund


def _charge_to_refund(account: Account, asked: dict) -> dict:
    if "charge" in asked:
        charge = account.store.get("charge", asked["charge"])
    elif "payment_intent" in asked:
        intent = account.store.get("payment_intent", asked["payment_intent"])
        if intent["status"] != "succeeded":
            raise Refused(f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.", is_final=True)
        charge = account.store.get("charge", intent["latest_charge"])
    else:
        raise Refused("One of the following params should be provided for this request: payment_intent or charge.")
    if charge["disputed"]:
        raise Refused(f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed")
    return charge


def _amount_to_refund(charge: dict, asked: dict) -> int:
    left = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise Refused(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded", is_final=True)
    amount = asked.get("amount", left)
    if amount < 1:
        raise Refused("Invalid positive integer", code="parameter_invalid_integer", param="amount", is_final=True)
    if amount > left:
        raise Refused(
            f"Refund amount (₫{amount:,}) is greater than unrefunded amount on charge (₫{left:,})",
            param="amount",
            status=HTTPStatus.BAD_REQUEST,
            is_final=True,
        )
    return amount


def succeed_refund(account: Account, identifier: str) -> None:
    """A slow bank took the money back after all."""
    refund = account.store.get("refund", identifier)
    refund["status"] = "succeeded"
    account.store.keep(refund)
    account.emit("refund.updated", refund)
    account.emit("charge.refund.updated", refund)


def fail_refund(account: Account, identifier: str) -> None:
    """The bank sent the money back to the shop."""
    refund = account.store.get("refund", identifier)
    if refund["status"] == "failed":
        raise Refused("This refund has already failed.")
    charge = account.store.get("charge", refund["charge"])
    refund |= {"status": "failed", "failure_reason": "lost_or_stolen_card"}
    _book(account, refund, kind="refund_failure", amount=refund["amount"], into="failure_balance_transaction")
    _count(account, charge, -refund["amount"])
    account.emit("refund.failed", refund)
    account.emit("charge.refund.updated", refund)


def retrieve_refund(account: Account, asked: dict, identifier: str) -> dict:  # noqa: ARG001  every route has these
    """`GET /v1/refunds/:id`."""
    return account.store.get("refund", identifier)


def list_refunds(account: Account, asked: dict) -> dict:
    """`GET /v1/refunds`."""
    wanted = {name: asked[name] for name in ("charge", "payment_intent") if name in asked}
    return account.store.page(
        "refund", asked, url="/v1/refunds", matches=lambda refund: all(refund[name] == value for name, value in wanted.items())
    )


def _book(account: Account, refund: dict, *, kind: str, amount: int, into: str) -> None:
    booking = balance_object(refund["id"], kind=kind, category=kind, amount=amount, fee=0, now=account.now())
    refund[into] = account.store.keep(booking)["id"]
    account.store.keep(refund)


def _count(account: Account, charge: dict, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    account.store.keep(charge)
