"""/ban-hang/ma-giam-gia/: vouchers that a producer gives for its own goods, and what they leave to it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from shop.access.declare import access
from shop.common import clock
from shop.domain.listings.own_listing import ProducerStopped
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
from shop.domain.vouchers.queries import with_uses
from shop.domain.vouchers.words import voucher_row
from shop.oscar_forks.partner.models import StockRecord

from .. import roles
from ..headings import STOPPED
from ..listing_finding import readable_listings
from ..voucher_form import OwnVoucherForm
from ..voucher_showing import examples_of
from ..workplace import Workplace, desk_context, workplace_of

ROOM = "vouchers"
PER_PAGE = 30
CONFLICT, UNPROCESSABLE = 409, 422


@access(roles=roles.LISTINGS)
def voucher_list(request: HttpRequest) -> HttpResponse:
    """Every voucher of the producer with its uses, the newest first."""
    workplace = workplace_of(request, room=ROOM, wanted=roles.LISTINGS)
    found = with_uses(_own(request)).filter(producer=workplace.producer).order_by("-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    rows = [voucher_row(one, today=clock.today()) for one in page]
    return render(request, "producer_desk/vouchers/list.html", desk_context(workplace, page=page, rows=rows))


@access(roles=roles.LISTINGS, methods=["GET", "POST"], writes=["POST"], owner="membership.producer")
def voucher_new(request: HttpRequest) -> HttpResponse:
    """Make a voucher; the producer bears what it gives away."""
    workplace = workplace_of(request, room=ROOM, wanted=roles.LISTINGS)
    if request.method != "POST":
        initial = {"scope": Voucher.Scope.PRODUCER, "starts_on": clock.today(), "limit_per_buyer": 1}
        return _show_form(request, workplace, _form(request, workplace, initial=initial))
    form = _form(request, workplace, data=request.POST)
    try:
        if form.is_valid():
            voucher = make_voucher(wanted=form.wanted, actor=request.actor, now=clock.now())
            messages.success(request, _("Đã tạo mã %(code)s.") % {"code": voucher.code})
            return redirect("producer_desk:voucher", voucher=voucher.pk)
        form.tell(find_flaws(wanted=form.wanted, today=clock.today()))
    except VoucherFlawed as flawed:
        form.tell(flawed.flaws)
    except ProducerStopped:
        form.add_error(None, STOPPED)
    return _show_form(request, workplace, form, status=UNPROCESSABLE)


@access(roles=roles.LISTINGS, owner="voucher.producer")
def voucher_page(request: HttpRequest, voucher: int) -> HttpResponse:
    """One voucher: its terms, its uses, and what an order with it brings."""
    return _show_voucher(request, voucher)


@access(roles=roles.LISTINGS, methods=["GET", "POST"], writes=["POST"], owner="voucher.producer")
def voucher_edit(request: HttpRequest, voucher: int) -> HttpResponse:
    """Change a voucher nobody used."""
    found = get_object_or_404(_own(request), pk=voucher)
    workplace = workplace_of(request, room=ROOM, wanted=roles.LISTINGS, producer_id=found.producer_id)
    if request.method != "POST":
        initial = initial_of(found) | {"products": list(found.products.values_list("pk", flat=True))}
        return _show_form(request, workplace, _form(request, workplace, initial=initial), voucher=found)
    form = _form(request, workplace, data=request.POST)
    try:
        if form.is_valid():
            edit_voucher(voucher_id=found.pk, wanted=form.wanted, actor=request.actor, now=clock.now())
            messages.success(request, _("Đã sửa mã %(code)s.") % {"code": form.wanted.values["code"]})
            return redirect("producer_desk:voucher", voucher=found.pk)
        form.tell(find_flaws(wanted=form.wanted, today=clock.today(), present=found))
    except VoucherFlawed as flawed:
        form.tell(flawed.flaws)
    except ProducerStopped:
        form.add_error(None, STOPPED)
    except VoucherUsed:
        return _show_voucher(request, voucher, problem=_("Vừa có người dùng mã này, nên không sửa được nữa."))
    except VoucherStopped:
        return _show_voucher(request, voucher, problem=_("Mã này đã dừng, nên không sửa được nữa."))
    return _show_form(request, workplace, form, voucher=found, status=UNPROCESSABLE)


@access(roles=roles.LISTINGS, methods=["POST"], writes=["POST"], owner="voucher.producer")
def voucher_stop(request: HttpRequest, voucher: int) -> HttpResponse:
    """Stop a voucher; orders that have it keep it."""
    found = get_object_or_404(_own(request), pk=voucher)
    try:
        stop_voucher(voucher_id=found.pk, actor=request.actor, now=clock.now())
    except VoucherStopped:
        return _show_voucher(request, voucher, problem=_("Mã này đã dừng từ trước."))
    messages.success(request, _("Đã dừng mã. Đơn đã đặt giữ phần giảm của mình."))
    return redirect("producer_desk:voucher", voucher=found.pk)


def _own(request: HttpRequest) -> QuerySet[Voucher]:
    """Vouchers that this person's producers give; one the shop gives for their goods is not theirs."""
    return Voucher.objects.for_actor(request.actor).filter(funder=Voucher.Funder.PRODUCER)


def _form(request: HttpRequest, workplace: Workplace, **values: Any) -> OwnVoucherForm:
    listings = readable_listings(request).filter(producer=workplace.producer).order_by("product__title", "pk")
    return OwnVoucherForm(producer_id=workplace.producer.pk, listings=listings, **values)


def _show_form(
    request: HttpRequest, workplace: Workplace, form: OwnVoucherForm, *, voucher: Voucher | None = None, status: int = 200
) -> HttpResponse:
    context = desk_context(workplace, form=form, voucher=voucher)
    return render(request, "producer_desk/vouchers/form.html", context, status=status)


def _show_voucher(request: HttpRequest, voucher: int, *, problem: str = "") -> HttpResponse:
    found = get_object_or_404(with_uses(_own(request)), pk=voucher)
    workplace = workplace_of(request, room=ROOM, wanted=roles.LISTINGS, producer_id=found.producer_id)
    today = clock.today()
    records = StockRecord.objects.for_actor(request.actor).filter(partner=workplace.producer)
    records = records.select_related("product", "listing__product", "partner__profile").order_by("pk")
    context = desk_context(
        workplace,
        row=voucher_row(found, today=today),
        products=found.products.order_by("title", "pk"),
        examples=examples_of(found, records, today=today),
        problem=problem,
        may_edit=not found.ever_used and found.stopped_at is None,
        may_stop=found.stopped_at is None,
    )
    return render(request, "producer_desk/vouchers/voucher.html", context, status=CONFLICT if problem else 200)
