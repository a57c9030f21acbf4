"""/van-phong/so-sach/thue/: what is withheld of households and individuals, by which law."""

from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shop.common import clock
from shop.domain.ledger.models import TaxRate
from shop.domain.ledger.setting_taxes import RateBegun, RateInThePast, add_rate, take_rate_back

from ..pages.country import country_only
from ..workplace import desk_context
from .forms import TaxForm
from .rules import UNPROCESSABLE
from .showing import rate_rows
from .views import ROOM


@country_only()
def tax_rates(request: HttpRequest) -> HttpResponse:
    """Every rate with its law, the newest first."""
    rows = rate_rows(TaxRate.objects.all(), today=clock.today())
    return render(request, "office_desk/books/taxes.html", desk_context(request, room=ROOM, tab="taxes", rows=rows))


@country_only(methods=["GET", "POST"], writes=["POST"])
def tax_rate_new(request: HttpRequest) -> HttpResponse:
    """Set a rate from a day on."""
    if request.method != "POST":
        return _show(request, TaxForm(initial={"starts_on": clock.today()}))
    form = TaxForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=UNPROCESSABLE)
    try:
        add_rate(wanted=form.wanted, actor=request.actor, now=clock.now())
    except RateInThePast:
        form.add_error("starts_on", _("Ngày này đã qua. Chọn hôm nay hoặc một ngày sau."))
        return _show(request, form, status=UNPROCESSABLE)
    toasts.success(request, _("Đã đặt mức khấu trừ. Đơn đã đặt giữ mức cũ."))
    return redirect("office_desk:tax_rates")


@country_only(methods=["POST"], writes=["POST"])
def tax_rate_take_back(request: HttpRequest, rate: int) -> HttpResponse:
    """Take back a rate that has not begun."""
    found = get_object_or_404(TaxRate, pk=rate)
    try:
        take_rate_back(rate_id=found.pk, actor=request.actor, now=clock.now())
    except RateBegun:
        toasts.error(request, _("Mức này đã áp dụng nên không rút lại được: hãy đặt mức mới thay nó."))
    else:
        toasts.success(request, _("Đã rút lại mức khấu trừ."))
    return redirect("office_desk:tax_rates")


def _show(request: HttpRequest, form: TaxForm, *, status: int = 200) -> HttpResponse:
    return render(request, "office_desk/books/tax_new.html", desk_context(request, room=ROOM, form=form), status=status)
