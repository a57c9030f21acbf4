"""POST /callbacks/bank/: what the bank's feed reports is checked, written down and answered at once; a worker does the rest."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.domain.ordering.hearing import receive_report
from shop.domain.payments.bank_feed import BYTES_MAX, PROVIDER, FeedRefused, check_signature, read_movement
from shop.domain.payments.inbox import Report
from shop.domain.payments.models import WebhookEvent

from .refusing import note_refusal

BAD_REQUEST, UNAVAILABLE = 400, 503


@csrf_exempt
@never_cache
@access(roles=EVERYBODY, methods=("POST",), writes=("POST",))
def bank_reports(request: HttpRequest) -> HttpResponse:
    """200 for what the bank signed, however often it comes; 400 for everything else, which changes nothing."""
    if not settings.BANK_WEBHOOK_SECRET:
        return _answer("no feed is configured", UNAVAILABLE)
    try:
        report = read_report(request)
        receive_report(report=report, now=clock.now())
        _refuse_another_amount(report)
    except FeedRefused as refusal:
        note_refusal(provider=PROVIDER, reason=str(refusal))
        return _answer(f"refused: {refusal}", BAD_REQUEST)
    return _answer("ok", 200)


def read_report(request: HttpRequest) -> Report:
    """Return what was reported, proved to be the bank's. Raises FeedRefused."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > BYTES_MAX:
        raise FeedRefused("too_long")
    # The bank knows the time of the world, not the one of a demonstration.
    at = clock.now() - clock.moved_by()
    headers = request.headers
    check_signature(
        body=request.body, timestamp=headers.get("X-Bank-Timestamp", ""), signature=headers.get("X-Bank-Signature", ""), at=at
    )
    movement = read_movement(body=request.body, at=at)
    return Report(
        provider=PROVIDER,
        event_id=movement["id"],
        type="transfer",
        object_id=movement["id"],
        is_live=not settings.VIETQR_IS_MADE_UP,
        payload=movement,
    )


def _refuse_another_amount(report: Report) -> None:
    """An id that was used before stands for what it stood for then."""
    known = WebhookEvent.objects.values_list("payload__amount", flat=True).get(provider=PROVIDER, event_id=report.event_id)
    if known != report.payload["amount"]:
        raise FeedRefused("other_amount")


def _answer(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain")
