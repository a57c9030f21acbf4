"""The movements on the account's balance, to read."""

from .account import Account
from .parameters import CREATED

LIST = {
    "created": CREATED,
    "limit": int,
    "starting_after": str,
    "ending_before": str,
    "source": str,
    "type": str,
    "expand": [str],
}


def retrieve_booking(account: Account, asked: dict, identifier: str) -> dict:  # noqa: ARG001  every route has these
    """`GET /v1/balance_transactions/:id`."""
    return account.store.get("balance_transaction", identifier)


def list_bookings(account: Account, asked: dict) -> dict:
    """`GET /v1/balance_transactions`."""
    wanted = {name: asked[name] for name in ("source", "type") if name in asked}
    return account.store.page(
        "balance_transaction",
        asked,
        url="/v1/balance_transactions",
        matches=lambda booking: all(booking[name] == value for name, value in wanted.items()),
    )
