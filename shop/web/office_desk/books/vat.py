"""/van-phong/so-sach/gtgt/: which goods change their VAT class on which day."""

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shop.common import clock
from shop.domain.ledger.changing_vat import ChangeApplied, ChangeInThePast, NothingChanges, plan_change, take_change_back
from shop.domain.ledger.models import VatChange

from ..pages.country import country_only
from ..workplace import desk_context
from .forms import VatForm
from .rules import PER_PAGE, UNPROCESSABLE
from .showing import class_counts, class_rows, vat_rows
from .views import ROOM

LONGEST_WORDS = 64


@country_only()
def vat_changes(request: HttpRequest) -> HttpResponse:
    """Which class goods are in now, in numbers and one by one, and every change, the latest day first."""
    changes = VatChange.objects.select_related("product").order_by("-starts_on", "-pk")
    page = Paginator(changes, PER_PAGE).get_page(request.GET.get("trang"))
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_WORDS]
    context = desk_context(
        request,
        room=ROOM,
        tab="vat",
        page=page,
        rows=vat_rows(page),
        classes=class_counts(),
        words=words,
        found=class_rows(words) if words else [],
    )
    return render(request, "office_desk/books/vat.html", context)


@country_only(methods=["GET", "POST"], writes=["POST"])
def vat_change_new(request: HttpRequest) -> HttpResponse:
    """Plan a change from a day on."""
    if request.method != "POST":
        wanted = request.GET.get("san-pham", "")[:LONGEST_WORDS]
        return _show(request, VatForm(initial={"starts_on": clock.today(), "product": wanted}))
    form = VatForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=UNPROCESSABLE)
    try:
        plan_change(wanted=form.wanted, actor=request.actor, now=clock.now())
    except ChangeInThePast:
        form.add_error("starts_on", _("Ngày này đã qua. Chọn hôm nay hoặc một ngày sau."))
    except NothingChanges:
        form.add_error("product", _("Chọn một sản phẩm, hoặc một loại khác với loại mới; không chọn cả hai."))
    else:
        toasts.success(request, _("Đã ghi thay đổi thuế GTGT."))
        return redirect("office_desk:vat_changes")
    return _show(request, form, status=UNPROCESSABLE)


@country_only(methods=["POST"], writes=["POST"])
def vat_change_take_back(request: HttpRequest, change: int) -> HttpResponse:
    """Take back a change that was not carried out."""
    found = get_object_or_404(VatChange, pk=change)
    try:
        take_change_back(change_id=found.pk, actor=request.actor, now=clock.now())
    except ChangeApplied:
        toasts.error(request, _("Thay đổi này đã thực hiện: hãy ghi một thay đổi khác."))
    else:
        toasts.success(request, _("Đã rút lại thay đổi."))
    return redirect("office_desk:vat_changes")


def _show(request: HttpRequest, form: VatForm, *, status: int = 200) -> HttpResponse:
    return render(request, "office_desk/books/vat_new.html", desk_context(request, room=ROOM, form=form), status=status)
