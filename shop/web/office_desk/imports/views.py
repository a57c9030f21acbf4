"""The history of imports, taking a file in, and the page of one import."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.importing.keeping import take_in
from shop.domain.certificates.importing.runs import WITH_A_WORKER, NoImportsHere
from shop.domain.certificates.models import ImportRun

from ..reach import OFFICE
from ..workplace import desk_context
from .forms import UploadForm
from .queue import readable_imports
from .showing import decisions_of, may_import, show_import
from .words import words_of

ROWS_PER_PAGE = 20


def find_import(request: HttpRequest, run: int) -> ImportRun:
    """Return the import; 404 when there is none or it lies outside one's scope."""
    people = ("uploaded_by", "requested_by", "approved_by", "returned_by", "undone_by", "province")
    return get_object_or_404(readable_imports(request).select_related(*people), pk=run)


@access(roles=OFFICE)
def import_list(request: HttpRequest) -> HttpResponse:
    """Every list that was brought, newest first, and the field for the next one."""
    return _show_list(request, UploadForm())


@access(roles=("officer",), methods=["POST"], writes=["POST"])
def import_upload(request: HttpRequest) -> HttpResponse:
    """Keep a file and let a worker read it; nothing of it is opened here."""
    if not may_import(request):
        raise Http404
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show_list(request, form, status=400)
    file = form.cleaned_data["file"]
    try:
        run = take_in(file=file, file_name=file.name, actor=request.actor, now=clock.now())
    except NoImportsHere as error:
        raise Http404 from error
    return redirect("office_desk:import", run=run.pk)


@access(roles=OFFICE)
def import_page(request: HttpRequest, run: int) -> HttpResponse:
    """One import: how far a worker is, its preview, or what became of it."""
    found = find_import(request, run)
    if request.headers.get("HX-Request") and found.state not in WITH_A_WORKER:
        # The page that waits asked: it has to be another page now.
        return HttpResponse(headers={"HX-Refresh": "true"})
    return show_import(request, found)


def _show_list(request: HttpRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    found = readable_imports(request).select_related("uploaded_by", "province").order_by("-uploaded_at", "-pk")
    page = Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    rows = [{"run": run, "state": words_of(run), "decisions": decisions_of(run)} for run in page]
    context = desk_context(request, room="imports", page=page, rows=rows, form=form, may_import=may_import(request))
    return render(request, "office_desk/imports.html", context, status=status)
