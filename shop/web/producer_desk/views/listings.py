"""What a producer sells: prices, stock, on the shelf or not."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shop.access.declare import access
from shop.common import clock
from shop.domain.listings.models import Listing
from shop.domain.listings.own_listing import ProducerStopped
from shop.domain.listings.price_edit import ListingChanged
from shop.domain.listings.publishing import ListingNotPublishable, hide_listing, publish_listing
from shop.domain.listings.shelf_edit import ShelfConflict, edit_shelf
from shop.domain.ordering.locking import ShopBusy, busy_instead_of_waiting

from .. import roles
from ..headings import BUSY, OBSTACLES, STOPPED
from ..listing_finding import find_listing, readable_listings
from ..listing_page import PackRow, explain_conflict, listing_rows, pack_rows, shelf_changes
from ..listing_showing import show_listing
from ..workplace import desk_context, workplace_of

PER_PAGE = 20


@access(roles=roles.LISTINGS)
def listing_list(request: HttpRequest) -> HttpResponse:
    """Every listing with its state, its certificate and how long that lasts, price and stock."""
    workplace = workplace_of(request, room="listings", wanted=roles.LISTINGS)
    listings = readable_listings(request).filter(producer=workplace.producer).order_by("product__title", "pk")
    page = Paginator(listings, PER_PAGE).get_page(request.GET.get("trang"))
    context = desk_context(workplace, page=page, rows=listing_rows(page.object_list, today=clock.today()))
    return render(request, "producer_desk/listings.html", context)


@access(roles=roles.LISTINGS, methods=["GET", "POST"], writes=["POST"], owner="listing.producer")
def listing_page(request: HttpRequest, listing: int) -> HttpResponse:
    """Prices and stock of one listing, and whether it is on the shelf."""
    found = find_listing(request, listing)
    act = request.POST.get("act")
    if request.method == "GET":
        return show_listing(request, found)
    try:
        return _ACTS.get(act, _save)(request, found)
    except ShopBusy:
        rows = None if act in _ACTS else pack_rows(found.stock_records.all(), data=request.POST)
        return show_listing(request, found, status=503, rows=rows, problem=BUSY)
    except ProducerStopped:
        rows = None if act in _ACTS else pack_rows(found.stock_records.all(), data=request.POST)
        return show_listing(request, found, status=409, rows=rows, problem=STOPPED)


def _publish(request: HttpRequest, listing: Listing) -> HttpResponse:
    try:
        with busy_instead_of_waiting():
            publish_listing(listing_id=listing.pk, actor=request.actor, now=clock.now(), today=clock.today())
    except ListingNotPublishable as refusal:
        return show_listing(request, listing, status=409, problem=OBSTACLES[refusal.obstacle])
    messages.success(request, _("Đang bán. Trong một phút sản phẩm sẽ hiện ở mọi danh sách."))
    return redirect("producer_desk:listing", listing=listing.pk)


def _hide(request: HttpRequest, listing: Listing) -> HttpResponse:
    with busy_instead_of_waiting():
        hide_listing(listing_id=listing.pk, actor=request.actor, now=clock.now())
    messages.success(request, _("Đã tạm ẩn. Đơn đã đặt vẫn giữ nguyên."))
    return redirect("producer_desk:listing", listing=listing.pk)


_ACTS = {"publish": _publish, "hide": _hide}


def _save(request: HttpRequest, listing: Listing) -> HttpResponse:
    rows = pack_rows(listing.stock_records.all(), data=request.POST)
    version = request.POST.get("version", "")
    if not rows or not _are_valid(rows) or not version.isdecimal():
        return show_listing(request, listing, status=400, rows=rows)
    try:
        with busy_instead_of_waiting():
            saved = edit_shelf(changes=shelf_changes(rows), expected_version=int(version), actor=request.actor, now=clock.now())
    except ListingChanged:
        problem = _("Người khác vừa lưu sản phẩm này. Số bạn nhập còn nguyên bên dưới: hãy xem lại rồi lưu lần nữa.")
        return show_listing(request, find_listing(request, listing.pk), status=409, rows=rows, problem=problem)
    except ShelfConflict as conflict:
        fresh = find_listing(request, listing.pk)
        rows = explain_conflict(rows, conflict, data=request.POST)
        return show_listing(request, fresh, status=409, rows=rows)
    if saved.waits_for_review:
        messages.warning(request, _("Giá đổi hơn 30 % nên chờ văn phòng duyệt; đến lúc đó vẫn bán giá cũ. Phần còn lại đã lưu."))
    else:
        messages.success(request, _("Đã lưu giá và tồn kho."))
    return redirect("producer_desk:listing", listing=listing.pk)


def _are_valid(rows: list[PackRow]) -> bool:
    # Every form is asked, so that all mistakes are told at once.
    return sum(not row.form.is_valid() for row in rows) == 0
