"""/van-phong/chi-tra/: who is paid, in which batch, and what the bank said."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from shop.common import clock
from shop.common.csv_text import csv_text
from shop.common.workbook import xlsx_bytes
from shop.domain.audit_log.recording import record
from shop.domain.ledger.auditing import payout_stop
from shop.domain.payouts.answer_table import LARGEST_BYTES
from shop.domain.payouts.approving import approve_batch
from shop.domain.payouts.bank_answers import read_answers
from shop.domain.payouts.bank_file import file_rows
from shop.domain.payouts.banks import bank_name
from shop.domain.payouts.models import PayoutBatch
from shop.domain.payouts.owing import assess, owed_producers
from shop.domain.payouts.preparing import (
    BatchNotOpen,
    call_off_batch,
    next_payout_day,
    prepare_batch,
    refuse_while_stopped,
    subject_of,
)
from shop.domain.payouts.settling import Answer, settle_payouts

from ..books.words import STOPS
from ..pages.country import country_only
from ..workplace import desk_context
from .words import BATCHES, OBSTACLES, PAYOUTS, REFUSALS, fault_lines, why_not

ROOM = "payouts"
PER_PAGE = 20
CONFLICT, UNPROCESSABLE = 409, 422
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
B = PayoutBatch.Status


@country_only()
def payouts(request: HttpRequest) -> HttpResponse:
    """Who is owed what, why somebody is not paid, and every batch, the newest first."""
    return _show_room(request)


@country_only(methods=["POST"], writes=["POST"])
def payout_prepare(request: HttpRequest) -> HttpResponse:
    """Prepare a batch, or open the one that waits."""
    try:
        batch = prepare_batch(actor=request.actor, now=clock.now())
    except REFUSALS as refusal:
        return _show_room(request, problem=why_not(refusal), status=CONFLICT)
    return redirect("office_desk:payout_batch", batch=batch.pk)


@country_only()
def payout_batch(request: HttpRequest, batch: int) -> HttpResponse:
    """One batch with its payouts, and the acts of whoever looks at it."""
    return _show_batch(request, batch)


@country_only(methods=["POST"], writes=["POST"])
def payout_approve(request: HttpRequest, batch: int) -> HttpResponse:
    """Approve as the second person."""
    return _act(request, batch, lambda words: approve_batch(**words), _("Đã duyệt. Tải tệp và gửi tới ngân hàng."))


@country_only(methods=["POST"], writes=["POST"])
def payout_call_off(request: HttpRequest, batch: int) -> HttpResponse:
    """Drop a batch that waits."""
    return _act(request, batch, lambda words: call_off_batch(**words), _("Đã huỷ đợt. Số dư của chủ thể không đổi."))


@country_only(methods=["POST"], writes=["POST"])
def payout_file(request: HttpRequest, batch: int) -> HttpResponse:
    """The bank's file as CSV or XLSX; who took it is written down."""
    found = get_object_or_404(PayoutBatch, pk=batch)
    now = clock.now()
    try:
        if found.status not in {B.APPROVED, B.SETTLED}:
            raise BatchNotOpen(batch)
        refuse_while_stopped(now=now)
        rows = file_rows(batch=found)
    except REFUSALS as refusal:
        return _show_batch(request, batch, problem=why_not(refusal), status=CONFLICT)
    as_text = request.POST.get("as") == "csv"
    record(actor=request.actor, action="payout.file_taken", subject=subject_of(found), now=now, sha256=found.checksum)
    content = csv_text(rows) if as_text else xlsx_bytes(rows, title="Chi trả")
    response = HttpResponse(content, content_type="text/csv; charset=utf-8" if as_text else XLSX)
    name = f"chi-tra-{found.pk}.{'csv' if as_text else 'xlsx'}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@country_only(methods=["POST"], writes=["POST"])
def payout_answers(request: HttpRequest, batch: int) -> HttpResponse:
    """The bank's answer as a file: all of it is believed, or nothing."""
    found = get_object_or_404(PayoutBatch, pk=batch)
    uploaded = request.FILES.get("answers")
    content = uploaded.read(LARGEST_BYTES + 1) if uploaded else b""
    answers, problems = read_answers(batch=found, content=content)
    if problems:
        return _show_batch(request, batch, problems=fault_lines(problems), status=UNPROCESSABLE)
    return _act(request, batch, lambda words: settle_payouts(answers=answers, **words), _("Đã ghi câu trả lời của ngân hàng."))


@country_only(methods=["POST"], writes=["POST"])
def payout_mark(request: HttpRequest, batch: int, payout: int) -> HttpResponse:
    """One payout, by hand: paid with the bank's reference, or not, with the reason."""
    found = get_object_or_404(PayoutBatch, pk=batch)
    get_object_or_404(found.payouts, pk=payout)
    text = request.POST.get("text", "")
    is_paid = request.POST.get("result") == "paid"
    answer = Answer(payout, is_paid, text if is_paid else "", "" if is_paid else text)
    done = _("Đã ghi câu trả lời của ngân hàng.")
    return _act(request, batch, lambda words: settle_payouts(answers=[answer], **words), done)


def _act(request: HttpRequest, batch: int, act: Callable[[dict[str, Any]], Any], done: str) -> HttpResponse:
    found = get_object_or_404(PayoutBatch, pk=batch)
    try:
        act({"batch_id": found.pk, "actor": request.actor, "now": clock.now()})
    except REFUSALS as refusal:
        return _show_batch(request, batch, problem=why_not(refusal), status=CONFLICT)
    toasts.success(request, done)
    return redirect("office_desk:payout_batch", batch=batch)


def _show_room(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    now = clock.now()
    owed = assess(producer_ids=owed_producers(), now=now)
    page = Paginator(PayoutBatch.objects.select_related("prepared_by", "approved_by"), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    stop = payout_stop(now=now)
    context = desk_context(
        request,
        room=ROOM,
        problem=problem,
        stop=STOPS[stop] if stop else "",
        owed=[(one, OBSTACLES[one.obstacle] if one.obstacle else "") for one in owed],
        payable_vnd=sum(one.amount_vnd for one in owed if one.obstacle is None),
        next_day=next_payout_day(now=now),
        page=page,
        rows=[(batch, *BATCHES[batch.status]) for batch in page],
    )
    return render(request, "office_desk/payouts/room.html", context, status=status)


def _show_batch(
    request: HttpRequest, batch: int, *, problem: str = "", problems: list[str] | None = None, status: int = 200
) -> HttpResponse:
    found = get_object_or_404(PayoutBatch.objects.select_related("prepared_by", "approved_by"), pk=batch)
    rows = [
        {
            "payout": payout,
            "bank": bank_name(payout.bank_account.bank_bin),
            "state": PAYOUTS[payout.status],
            "why": OBSTACLES.get(payout.failure, payout.failure),
            "is_open": payout.status == payout.Status.SENT,
        }
        for payout in found.payouts.select_related("producer", "bank_account")
    ]
    context = desk_context(
        request,
        room=ROOM,
        batch=found,
        state=BATCHES[found.status],
        rows=rows,
        problem=problem,
        problems=problems or [],
        waits=found.status == B.PREPARED,
        is_own=found.prepared_by_id == request.user.pk,
        is_out=found.status in {B.APPROVED, B.SETTLED},
        is_at_bank=found.status == B.APPROVED,
    )
    return render(request, "office_desk/payouts/batch.html", context, status=status)
