"""The office's front page: what waits for somebody, how the certificates stand, what was done last."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.standings import count_standings

from .audit.reading import read_entries
from .books.showing import audit_context
from .pages.country import answers_for_the_country
from .reach import OFFICE, readable_certificates, readable_entries
from .workplace import desk_context

LAST_ACTS = 6


@access(roles=OFFICE)
def home(request: HttpRequest) -> HttpResponse:
    """Queues of every room in the order of the menu; numbers of the certificates within reach; the newest acts."""
    entries = readable_entries(request).exclude(object_type="address").order_by("-at", "-pk")[:LAST_ACTS]
    context = desk_context(
        request,
        room="home",
        standings=count_standings(certificates=readable_certificates(request), today=clock.today()),
        last_acts=read_entries(list(entries)),
    )
    if answers_for_the_country(request):
        context |= audit_context(now=clock.now())
    queues = [item for item in context["menu"] if item["queue"]]
    context["waiting"] = [item for item in queues if item["count"]]
    context["quiet"] = [item for item in queues if not item["count"]]
    return render(request, "office_desk/home.html", context)
