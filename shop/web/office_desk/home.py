"""The office's front page: what waits for somebody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.state import EXPIRING_WITHIN, valid_on
from shop.domain.notifications.queries import count_messages

from .reach import OFFICE, readable_certificates, readable_messages
from .workplace import desk_context


@access(roles=OFFICE)
def home(request: HttpRequest) -> HttpResponse:
    """Messages that did not go out, and certificates that need a look."""
    today = clock.today()
    # Samples are not certificates of anybody: the home page leaves them out of its numbers as well.
    certificates = readable_certificates(request).filter(decision__is_sample=False)
    return render(
        request,
        "office_desk/home.html",
        desk_context(
            request,
            room="home",
            counts=count_messages(messages=readable_messages(request)),
            valid=certificates.filter(valid_on(day=today)).count(),
            expiring=certificates.filter(valid_on(day=today), valid_until__lte=today + EXPIRING_WITHIN).count(),
            suspended=certificates.filter(stored_state="suspended").count(),
        ),
    )
