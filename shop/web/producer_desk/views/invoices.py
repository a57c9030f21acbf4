"""/ban-hang/tien/hoa-don/: what the bookkeeper needs to issue e-invoices, month by month."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from shop.access.declare import access
from shop.common import clock
from shop.common.csv_text import csv_text
from shop.common.workbook import xlsx_bytes
from shop.domain.ledger.invoice_rows import export_invoices
from shop.domain.parcels.models import Parcel

from .. import roles
from ..workplace import workplace_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@access(roles=roles.MONEY, methods=["POST"], writes=["POST"], owner="membership.producer")
def invoice_export(request: HttpRequest) -> HttpResponse:
    """The deliveries of one month as CSV or XLSX; who took them is written down, for they name buyers."""
    workplace = workplace_of(request, room="money", wanted=roles.MONEY)
    first_day = read_month(request.POST.get("month", ""))
    if first_day is None:
        messages.error(request, _("Hãy chọn một tháng, ví dụ 2026-11."))
        return redirect("producer_desk:money")
    last_day = (first_day + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    parcels = Parcel.objects.for_actor(request.actor, *roles.MONEY).filter(producer=workplace.producer)
    rows = export_invoices(
        parcels=parcels,
        first_day=first_day,
        last_day=last_day,
        producer=workplace.producer,
        actor=request.actor,
        now=clock.now(),
    )
    return _file(rows, name=f"hoa-don-{first_day:%Y-%m}", as_text=request.POST.get("as") == "csv")


def read_month(text: str) -> date | None:
    """The first day of a month written 2026-11; None for anything else."""
    try:
        day = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return day if len(text) == len("2026-11") and day.year < date.max.year else None


def _file(rows: list, *, name: str, as_text: bool) -> HttpResponse:
    if as_text:
        response = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(xlsx_bytes(rows, title="Hoá đơn"), content_type=XLSX)
    filename = f"{name}.{'csv' if as_text else 'xlsx'}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=filename)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
