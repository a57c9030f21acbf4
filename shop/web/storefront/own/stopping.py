"""/ngung-nhan-tin/<token>/: the link at the foot of a message; it asks once and needs no log-in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.domain.consents.links import NoSuchLink, read_link
from shop.domain.consents.models import ConsentRecord, Purpose
from shop.domain.consents.recording import Circumstances, answer_consent
from shop.domain.consents.wording import wording_of
from shop.domain.wishes.notices import stop_notices
from shop.web.storefront.checkout.private_page import HOST_ONLY, secret_page

SOURCE = "storefront:stop_messages"


@access(roles=EVERYBODY, methods=("GET", "POST"), writes=("POST",), owner="consent.link")
@secret_page(tells=HOST_ONLY)
def stop_messages(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one kind of messages for whoever the link belongs to; pressing again changes nothing."""
    try:
        link = read_link(token)
    except NoSuchLink as error:
        raise Http404 from error
    if request.method == "POST":
        how = Circumstances(
            now=clock.now(),
            channel=ConsentRecord.Channel.MESSAGE_LINK,
            source=SOURCE,
            language=(get_language() or "vi")[:2],
        )
        if link.purpose == Purpose.BACK_IN_STOCK:
            stop_notices(subject=link.subject, how=how)
        else:
            answer_consent(subject=link.subject, purpose=link.purpose, is_given=False, how=how)
    context = {"wording": wording_of(link.purpose), "is_done": request.method == "POST"}
    return render(request, "storefront/stop_messages.html", context)
