"""PaymentIntents and their charges, to read; only the hosted page changes them."""

from .account import Account
from .parameters import CREATED

LIST = {"created": CREATED, "limit": int, "starting_after": str, "ending_before": str, "expand": [str]}
LIST_CHARGES = {**LIST, "payment_intent": str}


def retrieve_intent(account: Account, asked: dict, identifier: str) -> dict:  # noqa: ARG001  every route has these
    """`GET /v1/payment_intents/:id`."""
    return account.store.get("payment_intent", identifier)


def list_intents(account: Account, asked: dict) -> dict:
    """`GET /v1/payment_intents`."""
    return account.store.page("payment_intent", asked, url="/v1/payment_intents")


def retrieve_charge(account: Account, asked: dict, identifier: str) -> dict:  # noqa: ARG001  every route has these
    """`GET /v1/charges/:id`."""
    return account.store.get("charge", identifier)


def list_charges(account: Account, asked: dict) -> dict:
    """`GET /v1/charges`."""
    wanted = asked.get("payment_intent")
    return account.store.page(
        "charge", asked, url="/v1/charges", matches=lambda charge: not wanted or charge["payment_intent"] == wanted
    )
