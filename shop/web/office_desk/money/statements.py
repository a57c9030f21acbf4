"""/van-phong/tien/sao-ke/: a bank's statement, looked at before any line of it counts.

Nothing is kept between preview and taking but what the page itself carries, signed.
"""

from dataclasses import astuple
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages as toasts
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.common import clock
from shop.domain.certificates.sheets.grid import FileRefused
from shop.domain.ordering.statement_taking import compare_lines, take_lines
from shop.domain.payments.statement_reading import Statement, StatementRow, read_statement

from ..pages.country import country_only
from ..workplace import desk_context
from .forms import StatementForm
from .views import ROOM, UNPROCESSABLE
from .words import FILE_PROBLEMS, LINE_PROBLEMS

SALT = "office_desk.money.statement"
SECONDS_KEPT = 24 * 3600


@country_only(methods=["GET", "POST"], writes=["POST"])
def money_statement(request: HttpRequest) -> HttpResponse:
    """Bring a file; its lines are shown, none is taken."""
    if request.method != "POST":
        return _show(request, StatementForm())
    form = StatementForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, status=UNPROCESSABLE)
    file = form.cleaned_data["file"]
    try:
        statement = _read(file)
    except FileRefused as refusal:
        form.add_error("file", str(FILE_PROBLEMS.get(refusal.code, FILE_PROBLEMS["damaged"])))
        return _show(request, form, status=UNPROCESSABLE)
    return _preview(request, statement, file.name[:100])


@country_only(methods=["POST"], writes=["POST"])
def money_statement_take(request: HttpRequest) -> HttpResponse:
    """Take one line, or every sound one, of the preview that the page carries."""
    try:
        kept = signing.loads(request.POST.get("statement", ""), salt=SALT, max_age=SECONDS_KEPT)
    except signing.BadSignature:
        form = StatementForm()
        problem = _("Bản xem trước đã quá một ngày hoặc bị sửa. Hãy tải sao kê lên lại.")
        return _show(request, form, problem=problem, status=UNPROCESSABLE)
    statement = Statement([_row(values) for values in kept["rows"]], kept["outgoing"])
    chosen = request.POST.get("line", "")
    wanted = [row for row in statement.rows if chosen in {"all", str(row.number)}]
    taken = take_lines(rows=wanted, file_name=kept["name"], actor=request.actor, now=clock.now())
    if taken:
        toasts.success(
            request, ngettext("Đã ghi %(count)d khoản tiền.", "Đã ghi %(count)d khoản tiền.", taken) % {"count": taken}
        )
    else:
        toasts.info(request, _("Không có dòng mới nào để ghi."))
    return _preview(request, statement, kept["name"])


def _read(file: UploadedFile) -> Statement:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "statement"
        with path.open("wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        return read_statement(path=path, today=clock.today())


def _row(values: list[Any]) -> StatementRow:
    number, reference, amount_vnd, memo, day, problem = values
    return StatementRow(number, reference, amount_vnd, memo, date.fromisoformat(day) if day else None, problem)


def _signed(statement: Statement, name: str) -> str:
    rows = [[value.isoformat() if isinstance(value, date) else value for value in astuple(row)] for row in statement.rows]
    return signing.dumps({"rows": rows, "outgoing": statement.outgoing, "name": name}, salt=SALT, compress=True)


def _preview(request: HttpRequest, statement: Statement, name: str) -> HttpResponse:
    lines = compare_lines(rows=statement.rows)
    context = desk_context(
        request,
        room=ROOM,
        tab="statement",
        lines=[{"line": line, "problem": LINE_PROBLEMS.get(line.problem, "")} for line in lines],
        new_count=sum(line.is_new for line in lines),
        refused_count=sum(bool(line.problem) for line in lines),
        outgoing=statement.outgoing,
        name=name,
        signed=_signed(statement, name),
    )
    return render(request, "office_desk/money/statement_lines.html", context)


def _show(request: HttpRequest, form: StatementForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = desk_context(request, room=ROOM, tab="statement", form=form, problem=problem)
    return render(request, "office_desk/money/statement.html", context, status=status)
