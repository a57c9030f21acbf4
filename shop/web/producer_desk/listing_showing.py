"""The page of one listing: its words, its packs, the shelf."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.common import clock
from shop.domain.certificates.state import view_of
from shop.domain.listings.models import Listing, ListingRevision
from shop.domain.listings.publishing import obstacle_of

from . import roles
from .headings import LISTING_STATES, OBSTACLES
from .listing_page import PackRow, pack_rows
from .listing_texts import texts_context
from .text_forms import TextsForm
from .workplace import desk_context, workplace_of


def show_listing(
    request: HttpRequest,
    listing: Listing,
    *,
    status: int = 200,
    rows: list[PackRow] | None = None,
    text_form: TextsForm | None = None,
    problem: Any = "",
) -> HttpResponse:
    """Render the page; `rows` and `text_form` are what was typed, where that has to be shown again."""
    workplace = workplace_of(request, room="listings", wanted=roles.LISTINGS, producer_id=listing.producer_id)
    today = clock.today()
    obstacle = obstacle_of(listing, today=today)
    state_name, state_kind = LISTING_STATES[Listing.State(listing.state)]
    revisions = ListingRevision.objects.for_actor(request.actor).filter(listing=listing).order_by("number")
    context = desk_context(
        workplace,
        listing=listing,
        certificate=view_of(listing.certificate, today=today) if listing.certificate else None,
        rows=rows or pack_rows(listing.stock_records.all()),
        state_name=state_name,
        state_kind=state_kind,
        is_live=listing.state == Listing.State.LIVE,
        obstacle=OBSTACLES[obstacle] if obstacle else "",
        problem=problem,
        **texts_context(listing, revisions, form=text_form, today=today),
    )
    return render(request, "producer_desk/listing.html", context, status=status)
