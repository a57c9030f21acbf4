"""Disputes: the money is gone at once and comes back only when the shop wins."""

from .account import Account
from .errors import Refused
from .parameters import CREATED
from .shapes import balance_object, dispute_object

LIST = {"charge": str, "payment_intent": str, "created": CREATED, "limit": int, "starting_after": str, "ending_before": str}
FEE = 350_000


def open_dispute(account: Account, charge: dict, *, amount: int, reason: str) -> dict:
    """What the bank does when the owner of a card complains."""
    dispute = dispute_object(charge, amount=amount, reason=reason, now=account.now())
    _book(account, dispute, amount=-amount, fee=FEE)
    charge["disputed"] = True
    account.store.keep(charge)
    account.store.keep(dispute)
    account.emit("charge.dispute.created", dispute)
    account.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def close_dispute(account: Account, dispute: dict, *, won: bool) -> dict:
    """What the bank decided."""
    if dispute["status"] in {"won", "lost"}:
        raise Refused("This dispute is already closed.")
    dispute["status"] = "won" if won else "lost"
    if won:
        _book(account, dispute, amount=dispute["amount"], fee=0)
    account.store.keep(dispute)
    account.emit("charge.dispute.closed", dispute)
    if won:
        account.emit("charge.dispute.funds_reinstated", dispute)
    return dispute


def retrieve_dispute(account: Account, asked: dict, identifier: str) -> dict:  # noqa: ARG001  every route has these
    """`GET /v1/disputes/:id`."""
    return account.store.get("dispute", identifier)


def list_disputes(account: Account, asked: dict) -> dict:
    """`GET /v1/disputes`."""
    wanted = {name: asked[name] for name in ("charge", "payment_intent") if name in asked}
    return account.store.page(
        "dispute", asked, url="/v1/disputes", matches=lambda found: all(found[name] == value for name, value in wanted.items())
    )


def _book(account: Account, dispute: dict, *, amount: int, fee: int) -> None:
    booking = balance_object(dispute["id"], kind="adjustment", category="dispute", amount=amount, fee=fee, now=account.now())
    if amount > 0:
        booking["reporting_category"] = "dispute_reversal"
    dispute["balance_transactions"].append(account.store.keep(booking))
