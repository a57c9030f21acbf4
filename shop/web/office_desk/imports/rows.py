"""One row of a list: mended in place, left out, taken in again."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.importing.correcting import correct_row, leave_row_out
from shop.domain.certificates.importing.runs import ImportNotReady, State, UnknownImport
from shop.domain.certificates.models import ImportRow, ImportRun

from ..workplace import desk_context
from .forms import RowForm
from .showing import show_import, shown_rows
from .views import find_import
from .words import FILTERS, sentence_of


@access(roles=("officer",), methods=["GET", "POST"], writes=["POST"])
def import_row(request: HttpRequest, run: int, row: int) -> HttpResponse:
    """The cells of a row as text; each change is kept beside the file, with what stood there and who wrote it."""
    found = find_import(request, run)
    line = get_object_or_404(found.rows, pk=row)
    if found.state != State.READ:
        return show_import(request, found, status=409, problem=sentence_of(ImportNotReady(found.state)))
    if request.method == "GET":
        return _show_row(request, found, line, RowForm(cells=line.cells, auto_id=_ids(line)))
    form = RowForm(request.POST, cells=line.cells, auto_id=_ids(line))
    if not form.is_valid():
        return _show_row(request, found, line, form, status=400)
    # What the form did not send was not changed: a cell is emptied by sending it empty.
    cells = {name: text for name, text in form.cleaned_data.items() if name in request.POST}
    try:
        correct_row(run_id=run, row_id=row, cells=cells, actor=request.actor, now=clock.now())
    except UnknownImport as error:
        raise Http404 from error
    except ImportNotReady as error:
        found.refresh_from_db()
        return show_import(request, found, status=409, problem=sentence_of(error))
    return _back(request, found, line)


@access(roles=("officer",), methods=["POST"], writes=["POST"])
def import_row_skip(request: HttpRequest, run: int, row: int) -> HttpResponse:
    """Leave a row out, or take it in again."""
    found = find_import(request, run)
    line = get_object_or_404(found.rows, pk=row)
    skip = request.POST.get("skip") != "no"
    try:
        leave_row_out(run_id=run, row_id=row, skip=skip, actor=request.actor, now=clock.now())
    except UnknownImport as error:
        raise Http404 from error
    except ImportNotReady as error:
        found.refresh_from_db()
        return show_import(request, found, status=409, problem=sentence_of(error))
    return _back(request, found, line)


def _ids(line: ImportRow) -> str:
    # Several rows may be open in one page.
    return f"dong-{line.pk}-%s"


def _show_row(request: HttpRequest, run: ImportRun, line: ImportRow, form: RowForm, *, status: int = 200) -> HttpResponse:
    shown = shown_rows(run, [line])[0]
    if request.headers.get("HX-Request"):
        return render(request, "office_desk/import_row_inline.html", {"run": run, "shown": shown, "form": form})
    context = desk_context(request, room="imports", run=run, shown=shown, form=form)
    return render(request, "office_desk/import_row.html", context, status=status)


def _back(request: HttpRequest, run: ImportRun, line: ImportRow) -> HttpResponseRedirect:
    """Lead to where the row stood in the list, under the same filter."""
    kept = {"loc": request.GET.get("loc"), "trang": request.GET.get("trang")}
    known = {one.slug for one in FILTERS}
    query = {
        name: text
        for name, text in kept.items()
        if text and (text in known if name == "loc" else text.isascii() and text.isdigit())
    }
    address = reverse("office_desk:import", kwargs={"run": run.pk})
    return HttpResponseRedirect(f"{address}{'?' + urlencode(query) if query else ''}#dong-{line.pk}")
