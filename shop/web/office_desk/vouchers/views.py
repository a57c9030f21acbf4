"""/van-phong/ma-giam-gia/: every voucher with its uses; those of the shop are made, changed and stopped here."""

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shop.common import clock
from shop.domain.vouchers.form import initial_of
from shop.domain.vouchers.making import (
    VoucherFlawed,
    VoucherStopped,
    VoucherUsed,
    edit_voucher,
    find_flaws,
    make_voucher,
    stop_voucher,
)
from shop.domain.vouchers.models import Voucher
from shop.domain.vouchers.queries import redemptions_of, with_uses
from shop.domain.vouchers.words import voucher_row

from ..pages.country import country_only
from ..workplace import desk_context
from .finding import matching_vouchers
from .forms import OfficeVoucherForm

ROOM = "vouchers"
PER_PAGE = 50
CONFLICT, UNPROCESSABLE = 409, 422
LONGEST_QUESTION = 64


@country_only()
def vouchers(request: HttpRequest) -> HttpResponse:
    """Vouchers of the shop and of producers, the newest first, or those whose code or name has what is looked for."""
    words = request.GET.get("q", "").replace("\x00", " ").strip()[:LONGEST_QUESTION]
    found = with_uses(matching_vouchers(words)).order_by("-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    rows = [voucher_row(one, today=clock.today()) for one in page]
    context = desk_context(request, room=ROOM, page=page, rows=rows, words=words)
    return render(request, "office_desk/vouchers/list.html", context)


@country_only(methods=["GET", "POST"], writes=["POST"])
def voucher_new(request: HttpRequest) -> HttpResponse:
    """Make a voucher that the shop pays for."""
    if request.method != "POST":
        initial = {"scope": Voucher.Scope.ALL, "starts_on": clock.today(), "limit_per_buyer": 1}
        return _show_form(request, OfficeVoucherForm(initial=initial))
    form = OfficeVoucherForm(request.POST)
    if not form.is_valid():
        form.tell(find_flaws(wanted=form.wanted, today=clock.today()))
        return _show_form(request, form, status=UNPROCESSABLE)
    try:
        voucher = make_voucher(wanted=form.wanted, actor=request.actor, now=clock.now())
    except VoucherFlawed as flawed:
        form.tell(flawed.flaws)
        return _show_form(request, form, status=UNPROCESSABLE)
    toasts.success(request, _("Đã tạo mã %(code)s.") % {"code": voucher.code})
    return redirect("office_desk:voucher", voucher=voucher.pk)


@country_only()
def voucher_page(request: HttpRequest, voucher: int) -> HttpResponse:
    """One voucher: its terms, how often and by which orders it was used."""
    return _show_voucher(request, voucher)


@country_only(methods=["GET", "POST"], writes=["POST"])
def voucher_edit(request: HttpRequest, voucher: int) -> HttpResponse:
    """Change a voucher of the shop nobody used."""
    found = get_object_or_404(Voucher.objects.select_related("producer"), pk=voucher, funder=Voucher.Funder.PLATFORM)
    if request.method != "POST":
        products = "\n".join(found.products.order_by("pk").values_list("upc", flat=True))
        whose = {"producer": found.producer.name if found.producer else "", "products": products}
        return _show_form(request, OfficeVoucherForm(initial=initial_of(found) | whose), voucher=found)
    form = OfficeVoucherForm(request.POST)
    if not form.is_valid():
        form.tell(find_flaws(wanted=form.wanted, today=clock.today(), present=found))
        return _show_form(request, form, voucher=found, status=UNPROCESSABLE)
    try:
        edit_voucher(voucher_id=found.pk, wanted=form.wanted, actor=request.actor, now=clock.now())
    except VoucherFlawed as flawed:
        form.tell(flawed.flaws)
        return _show_form(request, form, voucher=found, status=UNPROCESSABLE)
    except VoucherUsed:
        return _show_voucher(request, voucher, problem=_("Vừa có người dùng mã này, nên không sửa được nữa."))
    except VoucherStopped:
        return _show_voucher(request, voucher, problem=_("Mã này đã dừng, nên không sửa được nữa."))
    toasts.success(request, _("Đã sửa mã %(code)s.") % {"code": form.wanted.values["code"]})
    return redirect("office_desk:voucher", voucher=found.pk)


@country_only(methods=["POST"], writes=["POST"])
def voucher_stop(request: HttpRequest, voucher: int) -> HttpResponse:
    """Stop a voucher, the shop's or a producer's; orders that have it keep it."""
    found = get_object_or_404(Voucher, pk=voucher)
    try:
        stop_voucher(voucher_id=found.pk, actor=request.actor, now=clock.now())
    except VoucherStopped:
        return _show_voucher(request, voucher, problem=_("Mã này đã dừng từ trước."))
    toasts.success(request, _("Đã dừng mã. Đơn đã đặt giữ phần giảm của mình."))
    return redirect("office_desk:voucher", voucher=found.pk)


def _show_form(
    request: HttpRequest, form: OfficeVoucherForm, *, voucher: Voucher | None = None, status: int = 200
) -> HttpResponse:
    context = desk_context(request, room=ROOM, form=form, voucher=voucher)
    return render(request, "office_desk/vouchers/form.html", context, status=status)


def _show_voucher(request: HttpRequest, voucher: int, *, problem: str = "") -> HttpResponse:
    found = get_object_or_404(with_uses(Voucher.objects), pk=voucher)
    page = Paginator(redemptions_of(voucher=found), PER_PAGE).get_page(request.GET.get("trang"))
    context = desk_context(
        request,
        room=ROOM,
        row=voucher_row(found, today=clock.today()),
        products=found.products.order_by("title", "pk"),
        page=page,
        problem=problem,
        may_edit=found.funder == Voucher.Funder.PLATFORM and not found.ever_used and found.stopped_at is None,
        may_stop=found.stopped_at is None,
    )
    return render(request, "office_desk/vouchers/voucher.html", context, status=CONFLICT if problem else 200)
