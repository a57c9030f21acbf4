"""/van-phong/phe-duyet/: acts that two officers sign; the second one reads what was asked and decides."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.db import OperationalError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.act_requests import refuse_act, withdraw_act
from shop.domain.certificates.models import CertificateActRequest
from shop.domain.ordering.certificate_stops import approve_and_carry_out
from shop.domain.ordering.stop_effects import effects_of

from ..certificates.results import progress_of
from ..certificates.words import is_busy
from ..reach import OFFICE, readable_requests
from ..workplace import desk_context
from .forms import RefusalForm
from .queue import count_imports_to_sign
from .words import REFUSALS, why_not, words_of

ROWS_PER_PAGE = 30
NAMED_ON_PAGE = 20
Outcome = CertificateActRequest.Outcome


@access(roles=OFFICE)
def approval_list(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first; or what was decided, newest first."""
    is_history = request.GET.get("xem") == "da-xong"
    found = _loaded(request)
    waiting = found.filter(outcome=Outcome.WAITING).order_by("requested_at", "pk")
    shown = found.exclude(outcome=Outcome.WAITING).order_by("-requested_at", "-pk") if is_history else waiting
    page = Paginator(shown, ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    rows = [{"asked": asked, "words": words_of(asked), "is_own": asked.requested_by_id == request.user.pk} for asked in page]
    context = desk_context(
        request,
        room="approvals",
        page=page,
        rows=rows,
        is_history=is_history,
        waiting=waiting.count(),
        imports=count_imports_to_sign(request),
    )
    return render(request, "office_desk/approvals.html", context)


@access(roles=OFFICE)
def approval_page(request: HttpRequest, act_request: int) -> HttpResponse:
    """One request: who asked for what and why, what it would do, and the buttons of whoever may decide."""
    return _show(request, act_request)


@access(roles=OFFICE, methods=["POST"], writes=["POST"])
def approve(request: HttpRequest, act_request: int) -> HttpResponse:
    """Sign as the second officer; pressing again answers the same."""
    done = _("Đã duyệt. Việc đã được thực hiện.")
    return _decide(request, act_request, lambda words: approve_and_carry_out(**words), done)


@access(roles=OFFICE, methods=["POST"], writes=["POST"])
def refuse(request: HttpRequest, act_request: int) -> HttpResponse:
    """Say no, with the reason."""
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _show(request, act_request, form=form, status=400)
    reason, done = form.cleaned_data["reason"], _("Đã từ chối yêu cầu. Không có gì thay đổi.")
    return _decide(request, act_request, lambda words: refuse_act(reason=reason, **words), done, form=form)


@access(roles=OFFICE, methods=["POST"], writes=["POST"])
def withdraw(request: HttpRequest, act_request: int) -> HttpResponse:
    """Take back one's own request."""
    done = _("Đã rút lại yêu cầu. Không có gì thay đổi.")
    return _decide(request, act_request, lambda words: withdraw_act(**words), done)


def _decide(
    request: HttpRequest,
    act_request: int,
    decide: Callable[[dict[str, Any]], Any],
    done: str,
    *,
    form: RefusalForm | None = None,
) -> HttpResponse:
    found = get_object_or_404(readable_requests(request).only("pk"), pk=act_request)
    try:
        decide({"request_id": found.pk, "actor": request.actor, "now": clock.now()})
    except REFUSALS as refusal:
        return _show(request, act_request, form=form, problem=why_not(refusal), status=409)
    except OperationalError as error:
        if not is_busy(error):
            raise
        busy = _("Nhiều người đang đặt hàng cùng lúc. Chưa có gì thay đổi, hãy thử lại sau vài giây.")
        return _show(request, act_request, form=form, problem=busy, status=503)
    toasts.success(request, done)
    return redirect("office_desk:approval", act_request=found.pk)


def _show(
    request: HttpRequest, act_request: int, *, form: RefusalForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    asked = get_object_or_404(_loaded(request), pk=act_request)
    words = words_of(asked)
    is_waiting, is_own = asked.outcome == Outcome.WAITING, asked.requested_by_id == request.user.pk
    certificate_ids = _certificate_ids(asked)
    context = desk_context(
        request,
        room="approvals",
        asked=asked,
        words=words,
        form=form or RefusalForm(),
        until=date.fromisoformat(asked.payload["until"]) if "until" in asked.payload else None,
        problem=problem,
        effects=effects_of(certificate_ids=certificate_ids, action=words.act.action, is_safety_matter=asked.is_safety_matter)
        if is_waiting
        else None,
        progress=progress_of(asked) if asked.certificate is None else None,
        named=asked.items.select_related("certificate").order_by("certificate__code")[:NAMED_ON_PAGE],
        more=max(len(certificate_ids) - NAMED_ON_PAGE, 0),
        is_officer="officer" in request.actor.roles,
        may_sign=is_waiting and not is_own and "officer" in request.actor.roles,
        may_withdraw=is_waiting and is_own,
    )
    return render(request, "office_desk/approval.html", context, status=status)


def _certificate_ids(asked: CertificateActRequest) -> list[int]:
    if asked.certificate_id is not None:
        return [asked.certificate_id]
    return list(asked.items.values_list("certificate_id", flat=True))


def _loaded(request: HttpRequest) -> QuerySet[CertificateActRequest]:
    people = ("requested_by", "approved_by", "closed_by")
    return readable_requests(request).select_related("certificate", *people).annotate(certificates=Count("items"))
