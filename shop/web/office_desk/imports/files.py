"""Files of an import, for the people who may see it: the list as it came, and its bad rows to mend elsewhere."""

from pathlib import PurePath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.importing.bad_rows import export_bad_rows
from shop.domain.certificates.importing.runs import record_import

from ..reach import OFFICE
from .views import find_import

ANYTHING = "application/octet-stream"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@access(roles=OFFICE, methods=["POST"], writes=["POST"])
def import_file(request: HttpRequest, run: int) -> HttpResponseBase:
    """The file as it was brought, never shown in the browser; who took it is written down."""
    found = find_import(request, run)
    if not found.file or not found.file.storage.exists(found.file.name):
        raise Http404
    record_import(found, "downloaded", actor=request.actor, now=clock.now(), what="file")
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name, content_type=ANYTHING)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@access(roles=OFFICE, methods=["POST"], writes=["POST"])
def import_bad_rows(request: HttpRequest, run: int) -> HttpResponse:
    """The rows with errors, to correct in a spreadsheet and bring again."""
    found = find_import(request, run)
    as_text = request.POST.get("as") == "csv"
    content = export_bad_rows(run=found, as_text=as_text, actor=request.actor, now=clock.now())
    response = HttpResponse(content, content_type="text/csv; charset=utf-8" if as_text else XLSX)
    name = f"{PurePath(found.file_name).stem}-can-sua.{'csv' if as_text else 'xlsx'}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
