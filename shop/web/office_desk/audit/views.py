"""/van-phong/nhat-ky/: who did what, when, and what was there before. Nobody can change it, the database refuses."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from shop.access.declare import access
from shop.common import clock
from shop.common.places.models import Commune, Province
from shop.domain.audit_log.exporting import MOST_ROWS, export_entries
from shop.domain.audit_log.recording import Subject

from ..reach import OFFICE, officer_at, readable_entries
from ..workplace import desk_context
from .asking import find_entries, read_question
from .reading import names_of, other_details, read_entries
from .words import KINDS

ROWS_PER_PAGE = 50


@access(roles=OFFICE)
def entry_list(request: HttpRequest) -> HttpResponse:
    """Entries that fit the filters, newest first."""
    question = read_question(request)
    page = Paginator(find_entries(request, question), ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    context = desk_context(
        request,
        room="audit",
        question=question,
        page=page,
        rows=read_entries(list(page)),
        kinds=KINDS.items(),
        most_rows=MOST_ROWS,
        is_capped=page.paginator.count > MOST_ROWS,
    )
    return render(request, "office_desk/audit.html", context)


@access(roles=OFFICE)
def entry_page(request: HttpRequest, entry: int) -> HttpResponse:
    """One entry with everything it holds."""
    found = get_object_or_404(readable_entries(request), pk=entry)
    place = Commune.objects.filter(pk=found.commune_code).first() or Province.objects.filter(pk=found.province_code).first()
    (row,) = read_entries([found])
    context = desk_context(request, room="audit", row=row, place=place, others=other_details(found))
    return render(request, "office_desk/audit_entry.html", context)


@access(roles=OFFICE, methods=["POST"], writes=["POST"])
def entry_export(request: HttpRequest) -> HttpResponse:
    """The entries found, as CSV; that somebody took them is an entry itself."""
    now, question, officer = clock.now(), read_question(request), officer_at(request)
    entries = find_entries(request, question)
    subject = Subject(
        object_type="export",
        object_id="audit",
        label="CSV",
        province_code=(officer.province_id or "") if officer else "",
        commune_code=(officer.commune_id or "") if officer else "",
    )
    text = export_entries(
        entries=entries,
        names=names_of(entries.order_by().values_list("actor", flat=True).distinct()),
        subject=subject,
        actor=request.actor,
        asked=question.query,
        now=now,
    )
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="nhat-ky-{now:%Y-%m-%d}.csv"'
    return response
