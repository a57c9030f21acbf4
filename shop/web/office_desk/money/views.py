"""/van-phong/tien/: what needs a person, refunds that wait for a second one, and one row with the act it needs."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.common.templatetags.shop_format import thousands
from shop.domain.ordering.alert_closing import NEED_AN_ACT, close_alert
from shop.domain.ordering.calling_off import takeable_vnd
from shop.domain.ordering.refund_accounts import account_of_order
from shop.domain.ordering.refunding import approve_refund, resubmit_refund, settle_by_hand
from shop.domain.ordering.transfer_returns import return_surplus, surplus_of
from shop.domain.ordering.transfers import mark_returned, match_by_hand
from shop.domain.payments.models import BankTransfer, MoneyAlert, Refund

from ..pages.country import country_only
from ..workplace import desk_context
from .forms import BankReferenceForm, MatchForm, NoteForm, SurplusForm
from .queue import open_alerts, waiting_refunds
from .words import KINDS, LOOK_INTO, PROBLEMS, REASONS, TODO

ROOM = "money"
ROWS_PER_PAGE = 30
CONFLICT, UNPROCESSABLE = 409, 422
K = MoneyAlert.Kind
# What each kind of row can be ended by, in the order of the page; every other kind by a note.
ACTS_OF: dict[str, tuple[str, ...]] = {
    K.UNKNOWN_REFERENCE: ("match", "return"),
    K.OVERPAID: ("surplus",),
    K.UNDERPAID: ("surplus",),
    K.REFUND_BY_HAND: ("sent",),
    K.REFUND_FAILED: ("resubmit", "sent"),
}


def _match(alert: MoneyAlert, *, order_number: str, **who: Any) -> None:
    match_by_hand(transfer_id=alert.detail["transfer"], order_number=order_number, **who)


def _return(alert: MoneyAlert, *, bank_reference: str, **who: Any) -> None:
    mark_returned(transfer_id=alert.detail["transfer"], bank_reference=bank_reference, **who)


def _surplus(alert: MoneyAlert, **sent: Any) -> None:
    return_surplus(alert_id=alert.pk, **sent)


def _sent(alert: MoneyAlert, *, bank_reference: str, **who: Any) -> None:
    settle_by_hand(refund_id=alert.refund_id, bank_reference=bank_reference, **who)


def _resubmit(alert: MoneyAlert, **who: Any) -> None:
    resubmit_refund(refund_id=alert.refund_id, **who)


def _close(alert: MoneyAlert, *, note: str, **who: Any) -> None:
    close_alert(alert_id=alert.pk, note=note, **who)


# Each act: its form (None when a button is enough), its title, the call, and what the desk says afterwards.
ACTS: dict[str, tuple[type[Form] | None, str | Promise, Callable[..., None], str | Promise]] = {
    "match": (MatchForm, _("Ghép với đơn"), _match, _("Đã ghép khoản tiền với đơn.")),
    "return": (BankReferenceForm, _("Đã chuyển trả người gửi"), _return, _("Đã ghi nhận chuyển trả.")),
    "surplus": (SurplusForm, _("Đã chuyển trả"), _surplus, _("Đã ghi nhận chuyển trả.")),
    "sent": (BankReferenceForm, _("Đã chuyển tiền hoàn"), _sent, _("Đã ghi nhận tiền hoàn.")),
    "resubmit": (None, _("Gửi lại cho cổng thanh toán"), _resubmit, _("Đã gửi lại. Kết quả có trong ít phút.")),
    "close": (NoteForm, _("Đóng việc"), _close, _("Đã đóng việc.")),
}


@country_only()
def money(request: HttpRequest) -> HttpResponse:
    """The work list: refunds that wait for a second person, then every open row, oldest first."""
    page = Paginator(open_alerts(), ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    return _show_list(request, page)


@country_only(methods=["GET", "POST"], writes=["POST"])
def money_alert(request: HttpRequest, alert: int) -> HttpResponse:
    """One row with its acts; a form that cannot be taken keeps what was typed."""
    found = get_object_or_404(MoneyAlert.objects.select_related("order", "refund__payment", "payment", "closed_by"), pk=alert)
    if request.method != "POST":
        return _show(request, found)
    name = request.POST.get("act", "")
    if name not in _acts_of(found):
        return _show(request, found, problem=str(PROBLEMS_OF_NONE), status=CONFLICT)
    form_class, _title, act, done = ACTS[name]
    form = form_class(request.POST, prefix=name) if form_class else None
    if form is not None and not form.is_valid():
        return _show(request, found, forms={name: form}, status=UNPROCESSABLE)
    try:
        act(found, actor=request.actor, now=clock.now(), **(form.cleaned_data if form else {}))
    except tuple(PROBLEMS) as problem:
        forms = {name: form} if form else {}
        found.refresh_from_db()
        return _show(request, found, forms=forms, problem=str(PROBLEMS[type(problem)]), status=CONFLICT)
    toasts.success(request, str(done))
    return redirect("office_desk:money")


@country_only(methods=["POST"], writes=["POST"])
def money_refund_approve(request: HttpRequest, refund: int) -> HttpResponse:
    """Let a large refund go, as somebody else than who asked for it."""
    found = get_object_or_404(Refund.objects.only("pk"), pk=refund)
    try:
        approve_refund(refund_id=found.pk, actor=request.actor, now=clock.now())
    except tuple(PROBLEMS) as problem:
        page = Paginator(open_alerts(), ROWS_PER_PAGE).get_page(1)
        return _show_list(request, page, problem=str(PROBLEMS[type(problem)]), status=CONFLICT)
    toasts.success(request, str(_("Đã duyệt khoản hoàn.")))
    return redirect("office_desk:money")


PROBLEMS_OF_NONE = _("Việc này đã xong hoặc không làm được như vậy.")


def _acts_of(alert: MoneyAlert) -> tuple[str, ...]:
    if alert.closed_at is not None:
        return ()
    return ACTS_OF.get(alert.kind, ("close",))


def _show_list(request: HttpRequest, page: Any, *, problem: str = "", status: int = 200) -> HttpResponse:
    refunds = [
        {
            "refund": one,
            "reason": REASONS[one.reason],
            "is_own": one.requested_by_id == request.user.pk,
            "is_taken": _is_taken(one),
        }
        for one in waiting_refunds()[:ROWS_PER_PAGE]
    ]
    rows = [{"alert": one, "title": KINDS[one.kind], "todo": TODO.get(one.kind, LOOK_INTO)} for one in page]
    context = desk_context(request, room=ROOM, tab="work", page=page, rows=rows, refunds=refunds, problem=problem)
    return render(request, "office_desk/money/work.html", context, status=status)


def _show(
    request: HttpRequest, alert: MoneyAlert, *, forms: dict[str, Form] | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    given = forms or {}
    surplus_vnd = surplus_of(payment=alert.payment) if alert.kind in {K.OVERPAID, K.UNDERPAID} and alert.payment else 0
    acts = [
        {"name": name, "title": ACTS[name][1], "form": given.get(name) or _blank(name, surplus_vnd)} for name in _acts_of(alert)
    ]
    transfer = BankTransfer.objects.filter(pk=alert.detail.get("transfer")).first() if "transfer" in alert.detail else None
    context = desk_context(
        request,
        room=ROOM,
        tab="work",
        alert=alert,
        title=KINDS[alert.kind],
        todo=TODO.get(alert.kind, LOOK_INTO),
        transfer=transfer,
        # Where a refund that somebody sends by hand is to go.
        account=account_of_order(order_id=alert.refund.order_id) if alert.refund else None,
        surplus_vnd=surplus_vnd,
        facts=[] if alert.kind in NEED_AN_ACT else sorted(alert.detail.items()),
        acts=acts,
        is_taken=bool(acts) and alert.refund is not None and _is_taken(alert.refund),
        problem=problem,
    )
    return render(request, "office_desk/money/alert.html", context, status=status)


def _is_taken(refund: Refund) -> bool:
    """Whether the buyer's bank kept money that this refund would give once more."""
    return bool(refund.payment.disputed_vnd) and takeable_vnd(payment=refund.payment, refund=refund) > 0


def _blank(name: str, surplus_vnd: int) -> Form | None:
    form_class = ACTS[name][0]
    return form_class(prefix=name, initial={"amount_vnd": thousands(surplus_vnd)}) if form_class else None
