"""Events, to read again by whoever missed the webhook."""

import fnmatch

from .account import Account
from .parameters import CREATED

LIST = {
    "created": CREATED,
    "limit": int,
    "starting_after": str,
    "ending_before": str,
    "type": str,
    "types": [str],
    "delivery_success": bool,
    "expand": [str],
}


def retrieve_event(account: Account, asked: dict, identifier: str) -> dict:  # noqa: ARG001  every route has these
    """`GET /v1/events/:id`."""
    return account.store.get("event", identifier)


def list_events(account: Account, asked: dict) -> dict:
    """`GET /v1/events`."""
    patterns = asked.get("types", [asked["type"]] if "type" in asked else ["*"])

    def matches(event: dict) -> bool:
        if "delivery_success" in asked and asked["delivery_success"] != (event["pending_webhooks"] == 0):
            return False
        return any(fnmatch.fnmatchcase(event["type"], pattern) for pattern in patterns)

    return account.store.page("event", asked, url="/v1/events", matches=matches)
