"""/van-phong/tien/tien-mat/: the cash a carrier holds, and what of it reached the bank."""

from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shop.common import clock
from shop.common.templatetags.shop_format import vnd
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ordering.cash_hand_in import ACTION, MoreThanHeld, TakenBefore, held_by_carrier, take_hand_in

from ..pages.country import country_only
from ..workplace import desk_context
from .forms import HandInForm
from .views import CONFLICT, ROOM, UNPROCESSABLE

SHOWN = 20


@country_only(methods=["GET", "POST"], writes=["POST"])
def money_cash(request: HttpRequest) -> HttpResponse:
    """What the carrier holds, a form for what it brought, and what it brought before."""
    if request.method != "POST":
        return _show(request, HandInForm())
    form = HandInForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=UNPROCESSABLE)
    try:
        take_hand_in(actor=request.actor, now=clock.now(), **form.cleaned_data)
    except MoreThanHeld as error:
        form.add_error("amount_vnd", _("Hãng vận chuyển chỉ đang giữ %(held)s.") % {"held": vnd(error.held_vnd)})
    except TakenBefore:
        form.add_error("slip", _("Phiếu này đã được ghi."))
    else:
        toasts.success(request, _("Đã ghi tiền nộp vào sổ."))
        return redirect("office_desk:money_cash")
    return _show(request, form, status=CONFLICT)


def _show(request: HttpRequest, form: HandInForm, *, status: int = 200) -> HttpResponse:
    done = AuditEntry.objects.filter(action=ACTION).select_related("actor").order_by("-at", "-pk")[:SHOWN]
    context = desk_context(request, room=ROOM, tab="cash", held_vnd=held_by_carrier(), form=form, done=done)
    return render(request, "office_desk/money/cash.html", context, status=status)
