"""What a producer does with the words of a listing: keep, look at, send, throw away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.state import view_of
from shop.domain.listings.models import Listing, ListingRevision
from shop.domain.listings.own_listing import ProducerStopped
from shop.domain.listings.publishing import Obstacle
from shop.domain.listings.revising import (
    DraftChanged,
    ListingArchived,
    NothingToReview,
    discard_draft,
    mark_of,
    save_draft,
    send_for_review,
)
from shop.domain.ordering.locking import ShopBusy, busy_instead_of_waiting

from .. import roles
from ..headings import BUSY, OBSTACLES, STOPPED
from ..listing_finding import find_listing
from ..listing_showing import show_editor
from ..listing_texts import preview_of
from ..text_forms import TextsForm
from ..workplace import desk_context, workplace_of

PROBLEMS: dict[type[Exception], tuple[int, str | Promise]] = {
    ShopBusy: (503, BUSY),
    ProducerStopped: (409, STOPPED),
    ListingArchived: (409, OBSTACLES[Obstacle.ARCHIVED]),
    NothingToReview: (409, _("Chưa có gì khác với trang đang bán, nên không có gì để duyệt.")),
}


@access(roles=roles.LISTINGS, methods=["GET", "POST"], writes=["POST"], owner="listing.producer")
def listing_texts(request: HttpRequest, listing: int) -> HttpResponse:
    """Save the draft, send it to be read, or throw it away; nothing typed is lost on the way."""
    found = find_listing(request, listing)
    if request.method == "GET":
        return show_editor(request, found)
    form = TextsForm(request.POST)
    if request.POST.get("act") != "discard" and not form.is_valid():
        return show_editor(request, found, status=400, form=form)
    try:
        with busy_instead_of_waiting():
            return _act(request, listing, form)
    except DraftChanged:
        return _show_again(request, listing)
    except tuple(PROBLEMS) as refusal:
        status, problem = PROBLEMS[type(refusal)]
        return show_editor(request, found, status=status, form=form, problem=problem)


@access(roles=roles.LISTINGS, owner="listing.producer")
def listing_preview(request: HttpRequest, listing: int) -> HttpResponse:
    """The words in hand as the page would show them, in the language of this page."""
    found = find_listing(request, listing)
    workplace = workplace_of(request, room="listings", wanted=roles.LISTINGS, producer_id=found.producer_id)
    context = desk_context(
        workplace,
        listing=found,
        product=preview_of(found, _revisions(request, found)),
        certificate=view_of(found.certificate, today=clock.today()) if found.certificate else None,
    )
    return render(request, "producer_desk/listing_preview.html", context)


def _act(request: HttpRequest, listing: int, form: TextsForm) -> HttpResponse:
    now, act = clock.now(), request.POST.get("act")
    if act == "discard":
        discard_draft(listing_id=listing, actor=request.actor)
        messages.success(request, _("Đã bỏ bản nháp."))
        return redirect("producer_desk:listing", listing=listing)
    draft = form.cleaned_data["draft"]
    if act == "send":
        send_for_review(listing_id=listing, texts=form.texts, expected=draft, actor=request.actor, now=now)
        messages.success(request, _("Đã gửi duyệt. Trang bán giữ nội dung cũ cho đến khi văn phòng duyệt."))
        return redirect("producer_desk:listing", listing=listing)
    save_draft(listing_id=listing, texts=form.texts, expected=draft, actor=request.actor, now=now)
    messages.success(request, _("Đã lưu nháp. Chỉ người của chủ thể thấy bản này."))
    return redirect("producer_desk:listing_preview" if act == "preview" else "producer_desk:listing_texts", listing=listing)


def _show_again(request: HttpRequest, listing: int) -> HttpResponse:
    """A colleague was faster: what was typed stays, and is measured against their draft next time."""
    found = find_listing(request, listing)
    draft = next((one for one in _revisions(request, found) if one.state == ListingRevision.State.DRAFT), None)
    retry = request.POST.copy()
    retry["draft"] = mark_of(draft)
    problem = _("Đồng nghiệp vừa lưu bản nháp khác. Chữ bạn viết còn nguyên bên dưới: lưu lần nữa sẽ thay bản của họ.")
    return show_editor(request, found, status=409, form=TextsForm(retry), problem=problem)


def _revisions(request: HttpRequest, listing: Listing) -> list[ListingRevision]:
    return list(ListingRevision.objects.for_actor(request.actor).filter(listing=listing).order_by("number"))
