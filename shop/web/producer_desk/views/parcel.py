"""One parcel: what is in it, whom it goes to, and the next step."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.access.declare import access
from shop.common import clock
from shop.domain.ordering import delivering, fulfilling, undelivered
from shop.domain.ordering.locking import ShopBusy, busy_instead_of_waiting
from shop.domain.parcels.models import Parcel
from shop.domain.parcels.recipients import recipient_known
from shop.domain.parcels.transitions import IllegalTransition

from .. import roles
from ..forms import DeclineForm, ShipForm
from ..headings import BUSY, STATUS_NAMES
from ..parcel_page import parcel_context
from ..return_forms import ComeHomeForm
from ..slip import slip_lines
from ..workplace import desk_context, workplace_of

# Each act: its form (None when a button is enough), the domain call, and what the desk says afterwards.
ACTS: dict[str, tuple[type[Form] | None, Callable[..., Parcel], str | Promise]] = {
    "confirm": (None, fulfilling.confirm_parcel, _("Đã xác nhận đơn, khách được báo tin.")),
    "decline": (DeclineForm, fulfilling.decline_parcel, _("Đã từ chối đơn, khách được báo lý do.")),
    "pack": (None, fulfilling.pack_parcel, _("Đã ghi nhận đóng gói xong.")),
    "ship": (ShipForm, fulfilling.ship_parcel, _("Đã bàn giao, khách nhận được mã vận đơn.")),
    "come_home": (ComeHomeForm, undelivered.come_home, _("Đã ghi nhận hàng về; khách không mất tiền.")),
    "deliver": (None, delivering.deliver_own_parcel, _("Đã ghi nhận giao xong.")),
}


@access(roles=roles.PARCELS, methods=["GET", "POST"], writes=["POST"], owner="parcel.producer")
def parcel_page(request: HttpRequest, parcel: int) -> HttpResponse:
    """Show a parcel and take the next step with it; a step that came too late is answered, and what was typed stays."""
    found = _find(request, parcel)
    if request.method == "GET" or request.POST.get("act") not in ACTS:
        return _show(request, found, status=200 if request.method == "GET" else 400)
    form_class, act, done = ACTS[request.POST["act"]]
    form = _form_of(form_class, found, request.POST)
    if not form.is_valid():
        return _show(request, found, status=400, bound={request.POST["act"]: form})
    try:
        with busy_instead_of_waiting():
            act(parcel_id=found.pk, actor=request.actor, now=clock.now(), **form.cleaned_data)
    except ShopBusy:
        return _show(request, found, status=503, bound={request.POST["act"]: form}, conflict=BUSY)
    except delivering.NotYourDelivery:
        conflict = _("Kiện do hãng vận chuyển giao: người mua, hãng hoặc văn phòng ghi nhận đã giao, không phải chủ thể.")
        return _show(request, found, status=409, conflict=conflict)
    except IllegalTransition as refusal:
        conflict = _("Không làm được nữa: đơn đã chuyển sang «%(status)s» trong lúc bạn xem. Trang này đã cập nhật.")
        status_name = STATUS_NAMES[Parcel.Status(refusal.parcel.status)]
        fresh = _find(request, parcel)
        sentence = conflict % {"status": status_name}
        return _show(request, fresh, status=409, bound={request.POST["act"]: form}, conflict=sentence)
    messages.success(request, done)
    return redirect("producer_desk:parcel", parcel=found.pk)


def _form_of(form_class: type[Form] | None, parcel: Parcel, data: Any) -> Form:
    if form_class is ComeHomeForm:
        return ComeHomeForm(data, parcel=parcel)
    return (form_class or Form)(data)


@access(roles=roles.PARCELS, owner="parcel.producer")
def packing_slip(request: HttpRequest, parcel: int) -> HttpResponse:
    """A sheet for the box: each line with star, certificate code, and a QR that says it was valid on the day of sale."""
    found = _find(request, parcel)
    context = {**parcel_context(found, now=clock.now()), "slip_lines": slip_lines(found)}
    return render(request, "producer_desk/packing_slip.html", context)


def _find(request: HttpRequest, parcel: int) -> Parcel:
    readable: QuerySet[Parcel] = (
        Parcel.objects.for_actor(request.actor)
        .exclude(status=Parcel.Status.PENDING)
        .annotate(recipient_is_known=recipient_known(now=clock.now()))
        .select_related("order", "split", "producer__profile", "ship_to__commune__province")
        .prefetch_related(
            "split__commission_shares",
            "lines__product__categories",
            "lines__certificate__decision",
            "lines__product__parent__categories",
            "events__actor",
        )
    )
    return get_object_or_404(readable, pk=parcel)


def _show(
    request: HttpRequest, parcel: Parcel, *, status: int, bound: dict[str, Form] | None = None, conflict: Any = ""
) -> HttpResponse:
    workplace = workplace_of(request, room="parcels", wanted=roles.PARCELS, producer_id=parcel.producer_id)
    forms = {"decline": DeclineForm(prefix=None), "ship": ShipForm(), "come_home": ComeHomeForm(parcel=parcel), **(bound or {})}
    said = [text for form in (bound or {}).values() if form.is_valid() for text in form.cleaned_data.values()]
    context = desk_context(
        workplace,
        **parcel_context(parcel, now=clock.now()),
        decline_form=forms["decline"],
        ship_form=forms["ship"],
        come_home_form=forms["come_home"],
        conflict=conflict,
        typed=[text for text in said if isinstance(text, str)],
        is_declining="decline" in (bound or {}),
    )
    return render(request, "producer_desk/parcel.html", context, status=status)
