"""/van-phong/chu-the/: producers within reach, found in any spelling."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.access.declare import access
from shop.common import clock

from ..reach import OFFICE
from ..workplace import desk_context
from .asking import choices, find_producers, read_question, with_counts

ROWS_PER_PAGE = 50


@access(roles=OFFICE)
def producer_list(request: HttpRequest) -> HttpResponse:
    """Producers that fit, fifty a page."""
    today = clock.today()
    question = read_question(request.GET)
    page = Paginator(find_producers(request, question, today=today), ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    rows = with_counts(list(page), today=today)
    context = desk_context(request, room="producers", page=page, rows=rows, **choices(question))
    return render(request, "office_desk/producers.html", context)
