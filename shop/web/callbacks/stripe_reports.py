"""POST /callbacks/stripe/: what Stripe reports is checked, written down and answered at once; a worker does the rest."""

import json
from typing import Any

import stripe
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.domain.ordering.hearing import receive_report
from shop.domain.ordering.stripe_news import PROVIDER
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.inbox import Report
from shop.domain.payments.models import MoneyAlert
from shop.domain.payments.providers.stripe_client import is_live

from .refusing import note_refusal

# Older than this it may be somebody's recording.
SECONDS_OLD_MAX = 300
BYTES_MAX = 512_000
BAD_REQUEST = 400


class Refused(Exception):
    """The report is not believed; the reason is one word."""


@csrf_exempt
@never_cache
@access(roles=EVERYBODY, methods=("POST",), writes=("POST",))
def stripe_reports(request: HttpRequest) -> HttpResponse:
    """200 for what Stripe signed, however often it comes; 400 for everything else, which changes nothing."""
    try:
        report = read_report(request)
    except Refused as refusal:
        if settings.STRIPE_WEBHOOK_SECRETS:
            note_refusal(provider=PROVIDER, reason=str(refusal))
        return HttpResponse(f"refused: {refusal}", status=BAD_REQUEST, content_type="text/plain")
    if report.is_live != is_live():
        _tell_of_other_mode(report)
    else:
        receive_report(report=report, now=clock.now())
    return HttpResponse("ok", content_type="text/plain")


def read_report(request: HttpRequest) -> Report:
    """Return what was reported, proved to be Stripe's. Raises Refused."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > BYTES_MAX:
        raise Refused("too_long")
    try:
        text = request.body.decode()
    except UnicodeDecodeError:
        raise Refused("unreadable") from None
    check_signature(text, request.headers.get("Stripe-Signature", ""))
    try:
        # PostgreSQL keeps no such letter, and nobody needs it.
        event = json.loads(text.replace("\\u0000", ""))
        return _report_of(event)
    except (ValueError, KeyError, TypeError):
        raise Refused("unreadable") from None


def check_signature(text: str, header: str) -> None:
    """Any of the shop's secrets will do: there are two while one is being replaced. Raises Refused."""
    if not header.isascii():
        raise Refused("forged")
    reason = "forged"
    for secret in settings.STRIPE_WEBHOOK_SECRETS:
        try:
            stripe.WebhookSignature.verify_header(text, header, secret, SECONDS_OLD_MAX)
        except stripe.SignatureVerificationError as error:
            if "tolerance" in str(error):
                reason = "stale"
        else:
            return
    raise Refused(reason)


def _report_of(event: Any) -> Report:
    about = event["data"]["object"]
    event_id, kind = event["id"], event["type"]
    if not (isinstance(event_id, str) and isinstance(kind, str) and isinstance(about, dict)):
        raise TypeError
    return Report(
        provider=PROVIDER,
        event_id=event_id[:128],
        type=kind[:64],
        object_id=str(about.get("id") or "")[:128],
        is_live=event["livemode"] is True,
        payload=event,
    )


def _tell_of_other_mode(report: Report) -> None:
    """Test money is no money, and real money is no test: somebody mixed up two endpoints."""
    kind = MoneyAlert.Kind.WRONG_MODE
    raise_alert(key=f"{PROVIDER}:{kind}:{report.event_id}", kind=kind, now=clock.now(), type=report.type, object=report.object_id)
