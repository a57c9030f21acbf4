"""The pages of one listing: its packs and the shelf on one, its words on the other."""

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
    request: HttpRequest, listing: Listing, *, status: int = 200, rows: list[PackRow] | None = None, problem: Any = ""
) -> HttpResponse:
    """Render packs and shelf; `rows` are what was typed, where that has to be shown again."""
    obstacle = obstacle_of(listing, today=clock.today())
    context = {
        **_common(request, listing),
        "rows": rows or pack_rows(listing.stock_records.all()),
        "obstacle": OBSTACLES[obstacle] if obstacle else "",
        "problem": problem,
    }
    return render(request, "producer_desk/listing.html", context, status=status)


def show_editor(
    request: HttpRequest, listing: Listing, *, status: int = 200, form: TextsForm | None = None, problem: Any = ""
) -> HttpResponse:
    """Render the words; `form` is what was typed, where that has to be shown again."""
    context = {**_common(request, listing, form=form), "problem": problem}
    return render(request, "producer_desk/listing_editor.html", context, status=status)


def _common(request: HttpRequest, listing: Listing, *, form: TextsForm | None = None) -> dict[str, Any]:
    workplace = workplace_of(request, room="listings", wanted=roles.LISTINGS, producer_id=listing.producer_id)
    today = clock.today()
    state_name, state_kind = LISTING_STATES[Listing.State(listing.state)]
    revisions = ListingRevision.objects.for_actor(request.actor).filter(listing=listing).order_by("number")
    return desk_context(
        workplace,
        listing=listing,
        certificate=view_of(listing.certificate, today=today) if listing.certificate else None,
        state_name=state_name,
        state_kind=state_kind,
        is_live=listing.state == Listing.State.LIVE,
        **texts_context(listing, revisions, form=form, today=today),
    )
