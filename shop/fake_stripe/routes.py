"""The part of Stripe's API the stand-in knows: one line per operation."""

import copy
from collections.abc import Callable

from . import balance, disputes, events, intents, refunds, sessions
from .account import Account

ONE = {"expand": [str]}
PLAIN_LIST = {**disputes.LIST, "expand": [str]}

# Method, path, declared parameters, and who carries it out.
ROUTES: tuple[tuple[str, str, dict, Callable[..., dict]], ...] = (
    ("POST", r"/v1/checkout/sessions", sessions.CREATE, sessions.create_session),
    ("GET", r"/v1/checkout/sessions", sessions.LIST, sessions.list_sessions),
    ("GET", r"/v1/checkout/sessions/(\w+)", ONE, sessions.retrieve_session),
    ("POST", r"/v1/checkout/sessions/(\w+)/expire", ONE, sessions.expire_session),
    ("GET", r"/v1/payment_intents", intents.LIST, intents.list_intents),
    ("GET", r"/v1/payment_intents/(\w+)", ONE, intents.retrieve_intent),
    ("GET", r"/v1/charges", intents.LIST_CHARGES, intents.list_charges),
    ("GET", r"/v1/charges/(\w+)", ONE, intents.retrieve_charge),
    ("POST", r"/v1/refunds", refunds.CREATE, refunds.create_refund),
    ("GET", r"/v1/refunds", refunds.LIST, refunds.list_refunds),
    ("GET", r"/v1/refunds/(\w+)", ONE, refunds.retrieve_refund),
    ("GET", r"/v1/disputes", PLAIN_LIST, disputes.list_disputes),
    ("GET", r"/v1/disputes/(\w+)", ONE, disputes.retrieve_dispute),
    ("GET", r"/v1/balance_transactions", balance.LIST, balance.list_bookings),
    ("GET", r"/v1/balance_transactions/(\w+)", ONE, balance.retrieve_booking),
    ("GET", r"/v1/events", events.LIST, events.list_events),
    ("GET", r"/v1/events/(\w+)", ONE, events.retrieve_event),
)
EXPANDABLE = {
    "payment_intent": "payment_intent",
    "latest_charge": "charge",
    "charge": "charge",
    "balance_transaction": "balance_transaction",
    "failure_balance_transaction": "balance_transaction",
}


def expanded(account: Account, answer: dict, paths: list[str]) -> dict:
    """A copy of the answer in which the asked-for ids are replaced by their objects."""
    copied = copy.deepcopy(answer)
    for path in paths:
        _expand(account, copied, path.split("."))
    return copied


def _expand(account: Account, thing: object, steps: list[str]) -> None:
    if isinstance(thing, list):
        for item in thing:
            _expand(account, item, steps)
    if not isinstance(thing, dict) or not steps:
        return
    name = steps[0]
    value = thing.get(name)
    if isinstance(value, str) and name in EXPANDABLE:
        thing[name] = copy.deepcopy(account.store.get(EXPANDABLE[name], value))
    _expand(account, thing.get(name), steps[1:])
