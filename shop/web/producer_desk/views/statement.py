"""/ban-hang/tien/sao-ke/: every entry of the producer's account in the books, with the balance after each."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from shop.access.declare import access
from shop.common import clock
from shop.common.csv_text import csv_text
from shop.domain.audit_log.recording import record
from shop.domain.ledger.models import Transaction
from shop.domain.payouts.statements import KINDS, statement
from shop.domain.producers.standing import subject_of

from .. import roles
from ..workplace import desk_context, workplace_of

PER_PAGE = 50
K = Transaction.Kind
TABS: dict[str, str | Promise] = {"owed": _("Được trả"), "held": _("Đang giữ"), "cash": _("Tiền mặt")}
NAMES: dict[str, str | Promise] = {
    K.CAPTURE: _("Khách trả tiền"),
    K.HAND_IN: _("Nộp tiền mặt"),
    K.CLEARING: _("Hết hạn đổi trả"),
    K.NETTING: _("Trừ tiền mặt bạn đã thu"),
    K.REFUND: _("Hoàn tiền cho khách"),
    K.REFUND_BORNE: _("Sàn chịu khoản hoàn"),
    K.REFUND_WITHDRAWN: _("Không hoàn nữa"),
    K.DISPUTE_LOST: _("Khách thắng khiếu nại"),
    K.PAYOUT: _("Chi trả"),
    K.PAYOUT_RETURNED: _("Ngân hàng trả lại"),
}


@access(roles=roles.MONEY)
def statement_page(request: HttpRequest) -> HttpResponse:
    """One account at a time, the newest entries first."""
    workplace = workplace_of(request, room="money", wanted=roles.MONEY)
    asked = request.GET.get("xem", "")
    kind = asked if asked in KINDS else "owed"
    entries = statement(producer_id=workplace.producer.pk, kind=kind).order_by("-pk")
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("trang"))
    rows = [(entry, NAMES.get(entry.transaction.kind, entry.transaction.kind)) for entry in page]
    return render(request, "producer_desk/statement.html", desk_context(workplace, page=page, rows=rows, tabs=TABS, kind=kind))


@access(roles=roles.MONEY, methods=["POST"], writes=["POST"], owner="membership.producer")
def statement_export(request: HttpRequest) -> HttpResponse:
    """All accounts from the first entry on, as CSV; who took it is written down."""
    workplace = workplace_of(request, room="money", wanted=roles.MONEY)
    rows: list[list[object]] = [["Tài khoản", "Thời điểm", "Khoản", "Mã", "Đơn", "Thay đổi (VND)", "Số dư (VND)"]]
    for kind, title in TABS.items():
        for entry in statement(producer_id=workplace.producer.pk, kind=kind):
            posted = entry.transaction
            number = entry.parcel.number if entry.parcel else ""
            name = str(NAMES.get(posted.kind, posted.kind))
            rows.append([str(title), posted.at, name, posted.key, number, entry.change_vnd, entry.balance_vnd])
    record(
        actor=request.actor,
        action="payout.statement_taken",
        subject=subject_of(workplace.producer.profile),
        now=clock.now(),
        rows=len(rows) - 1,
    )
    response = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename="sao-ke.csv")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
