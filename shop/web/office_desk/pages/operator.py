"""/van-phong/don-vi-van-hanh/: who runs the shop."""

from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shop.common import clock
from shop.domain.pages.operator import declare_operator, operator_data
from shop.domain.pages.queries import current_operator

from ..workplace import desk_context
from .country import country_only
from .forms import OperatorForm
from .views import ROOM, UNPROCESSABLE


@country_only(methods=["GET", "POST"], writes=["POST"])
def operator_form(request: HttpRequest) -> HttpResponse:
    """Declare name, address, tax code, number at the ministry, phone and e-mail; every page shows them at once."""
    declared = current_operator()
    if request.method != "POST":
        return _show(request, OperatorForm(initial=vars(operator_data(declared))))
    form = OperatorForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=UNPROCESSABLE)
    declare_operator(data=form.data_declared, actor=request.actor, now=clock.now())
    toasts.success(request, _("Đã ghi thông tin đơn vị vận hành."))
    return redirect("office_desk:pages")


def _show(request: HttpRequest, form: OperatorForm, *, status: int = 200) -> HttpResponse:
    context = desk_context(request, room=ROOM, form=form, declared=current_operator())
    return render(request, "office_desk/pages/operator.html", context, status=status)
