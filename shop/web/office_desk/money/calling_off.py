"""/van-phong/tien/hoan/<refund>/khong-hoan/: money that the buyer's bank took is not refunded as well."""

from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shop.common import clock
from shop.domain.ordering.calling_off import call_off_refund, takeable_vnd
from shop.domain.ordering.refund_states import is_still_here
from shop.domain.payments.models import Refund

from ..pages.country import country_only
from ..workplace import desk_context
from .forms import CallOffForm
from .views import CONFLICT, ROOM, UNPROCESSABLE
from .words import PROBLEMS, REASONS


@country_only(methods=["GET", "POST"], writes=["POST"])
def money_refund_call_off(request: HttpRequest, refund: int) -> HttpResponse:
    """Say what the bank took of a refund, ask why it is not sent; what cannot be called off keeps what was typed."""
    found = get_object_or_404(Refund.objects.select_related("order", "payment", "parcel"), pk=refund)
    form = CallOffForm(request.POST or None)
    if request.method != "POST":
        return _show(request, found, form)
    if not form.is_valid():
        return _show(request, found, form, status=UNPROCESSABLE)
    try:
        call_off_refund(refund_id=found.pk, actor=request.actor, now=clock.now(), **form.cleaned_data)
    except tuple(PROBLEMS) as problem:
        found.refresh_from_db()
        return _show(request, found, form, problem=str(PROBLEMS[type(problem)]), status=CONFLICT)
    toasts.success(request, _("Khoản hoàn này không được gửi nữa."))
    return redirect("office_desk:money")


def _show(request: HttpRequest, refund: Refund, form: CallOffForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    taken_vnd = max(0, takeable_vnd(payment=refund.payment, refund=refund)) if is_still_here(refund=refund) else 0
    context = desk_context(
        request,
        room=ROOM,
        tab="work",
        refund=refund,
        reason=REASONS[refund.reason],
        taken_vnd=taken_vnd,
        rest_vnd=refund.amount_vnd - taken_vnd,
        form=form,
        problem=problem,
    )
    return render(request, "office_desk/money/call_off.html", context, status=status)
