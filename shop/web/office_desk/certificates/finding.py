"""/van-phong/chung-nhan/: the registry within reach, found in any spelling; the same as a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.exporting import export_certificates
from shop.domain.certificates.state import view_of

from ..reach import OFFICE
from ..workplace import desk_context
from .asking import choices, find, read_question
from .words import EXTEND, LIFT, REVOKE, SUSPEND, may_act

ROWS_PER_PAGE = 50


@access(roles=OFFICE)
def certificate_list(request: HttpRequest) -> HttpResponse:
    """Certificates that fit, fifty a page; what was meant when nothing has the words typed."""
    today = clock.today()
    question = read_question(request.GET)
    found = find(request, question, today=today)
    rows = found.certificates.select_related("decision", "province")
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    context = desk_context(
        request,
        room="certificates",
        page=page,
        views=[view_of(certificate, today=today) for certificate in page],
        question=question,
        asked=question.asked,
        meant=found.meant,
        may_act=may_act(request),
        bulk_acts=(SUSPEND, LIFT, EXTEND, REVOKE),
        **choices(request, question),
    )
    return render(request, "office_desk/certificates.html", context)


@access(roles=OFFICE, methods=["POST"], writes=["POST"])
def certificate_export(request: HttpRequest) -> HttpResponse:
    """The whole result as CSV; who took it, when and how many rows is written down."""
    now = clock.now()
    question = read_question(request.GET)
    found = find(request, question, today=now.date())
    text = export_certificates(certificates=found.certificates, actor=request.actor, asked=question.query, now=now)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="chung-nhan-{now:%Y-%m-%d}.csv"'
    return response
