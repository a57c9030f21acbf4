"""The list of parcels, heap by heap, and confirming many at once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from shop.access.declare import access
from shop.common import clock
from shop.domain.ordering.fulfilling import confirm_parcel
from shop.domain.ordering.locking import ShopBusy, busy_instead_of_waiting
from shop.domain.parcels.models import Parcel
from shop.domain.parcels.transitions import IllegalTransition
from shop.domain.parcels.worklist import Tab, list_parcels

from .. import roles
from ..headings import BUSY, TAB_NAMES
from ..rows import parcel_rows
from ..workplace import desk_context, workplace_of

PER_PAGE = 20


@access(roles=roles.PARCELS)
def parcel_list(request: HttpRequest) -> HttpResponse:
    """One heap of the worklist, searched and paged."""
    now = clock.now()
    workplace = workplace_of(request, room="parcels", wanted=roles.PARCELS)
    tab = _tab_of(request.GET.get("muc", ""))
    words = request.GET.get("q", "").replace("\x00", "")[:100]
    parcels = Parcel.objects.for_actor(request.actor).filter(producer=workplace.producer)
    listed = list_parcels(parcels=parcels, tab=tab, words=words, now=now).select_related("split")
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("trang"))
    context = desk_context(
        workplace,
        tabs=[(each, TAB_NAMES[each], workplace.counts.by_tab[each]) for each in Tab],
        tab=tab,
        tab_name=TAB_NAMES[tab],
        can_confirm=tab == Tab.TO_CONFIRM,
        words=words,
        page=page,
        rows=parcel_rows(page.object_list, now=now),
    )
    return render(request, "producer_desk/parcels.html", context)


@access(roles=roles.PARCELS, methods=["POST"], writes=["POST"], owner="parcel.producer")
def confirm_many(request: HttpRequest) -> HttpResponse:
    """Confirm the ticked parcels; those that somebody else dealt with meanwhile are named, the others go on."""
    ticked = [int(value) for value in request.POST.getlist("kien") if value.isdecimal()]
    parcels = list(Parcel.objects.for_actor(request.actor).filter(pk__in=ticked).order_by("pk"))
    confirmed, refused = 0, []
    for parcel in parcels:
        try:
            with busy_instead_of_waiting():
                confirm_parcel(parcel_id=parcel.pk, actor=request.actor, now=clock.now())
            confirmed += 1
        except ShopBusy:
            messages.warning(request, BUSY)
        except IllegalTransition:
            refused.append(parcel.number)
    if confirmed:
        text = ngettext("Đã xác nhận %(count)s đơn.", "Đã xác nhận %(count)s đơn.", confirmed)
        messages.success(request, text % {"count": confirmed})
    if refused:
        text = ngettext(
            "Đơn %(numbers)s đã đổi trạng thái nên không xác nhận được nữa.",
            "Các đơn %(numbers)s đã đổi trạng thái nên không xác nhận được nữa.",
            len(refused),
        )
        messages.warning(request, text % {"numbers": ", ".join(refused)})
    return redirect("producer_desk:parcels")


def _tab_of(text: str) -> Tab:
    return Tab(text) if text in set(Tab) else Tab.TO_CONFIRM
