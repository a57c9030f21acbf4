"""The one way to Stripe: its own client with our patience, at STRIPE_API_BASE when a stand-in is used."""

from functools import cache
from typing import Any

import stripe
from django.conf import settings

# A buyer waits for the answer; what is not answered in time is asked again by a worker.
SECONDS_PER_TRY = 8.0
# One quick second try with the same idempotency key; longer patience is the sweeps' business.
RETRIES = 1
CONFLICT = 409


def is_configured() -> bool:
    """Whether this shop takes cards."""
    return bool(settings.STRIPE_SECRET_KEY)


def is_live() -> bool:
    """Whether real money moves; events of the other mode are not ours."""
    return "_live_" in settings.STRIPE_SECRET_KEY


def stripe_client() -> stripe.StripeClient:
    """The client of this shop's account; connections are kept per thread."""
    return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


@cache
def _client(key: str, base: str) -> stripe.StripeClient:
    stripe.enable_telemetry = False
    addresses: Any = {"api": base} if base else {}
    return stripe.StripeClient(
        key,
        base_addresses=addresses,
        http_client=stripe.RequestsClient(timeout=SECONDS_PER_TRY),
        max_network_retries=RETRIES,
    )


def plain(thing: Any) -> dict[str, Any]:
    """An object of Stripe's as a dictionary: fields that are not there may be asked for."""
    return thing.to_dict()


def has_no_answer(error: stripe.StripeError) -> bool:
    """Whether the error says nothing about what became of the request."""
    if isinstance(error, stripe.InvalidRequestError | stripe.CardError | stripe.IdempotencyError):
        return error.http_status == CONFLICT
    return True
