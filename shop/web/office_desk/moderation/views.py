"""/van-phong/duyet/: what producers want their pages to say, read by the office before anybody else."""

from typing import Any

from django.contrib import messages as toasts
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.state import view_of
from shop.domain.listings.models import Listing, ListingRevision
from shop.domain.listings.moderating import (
    AlreadyAnswered,
    OwnListing,
    RevisionChanged,
    UnknownListing,
    approve_revision,
    ask_for_changes,
    reject_revision,
)
from shop.domain.listings.moderation_queue import changes_of
from shop.domain.ordering.locking import ShopBusy, busy_instead_of_waiting
from shop.domain.people.reach import within_reach

from ..reach import OFFICE
from ..workplace import desk_context
from . import words
from .forms import AnswerForm
from .queue import revisions_here
from .rows import queue_rows, text_rows, warnings

ROWS_PER_PAGE = 50
R = ListingRevision.State
SENT_BACK = {"ask": ask_for_changes, "reject": reject_revision}


@access(roles=OFFICE)
def moderation_list(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first, with its age and the sentences to look at."""
    page = Paginator(revisions_here(request), ROWS_PER_PAGE).get_page(request.GET.get("trang"))
    context = desk_context(request, room="moderation", page=page, rows=queue_rows(page, now=clock.now()))
    return render(request, "office_desk/moderation.html", context)


@access(roles=OFFICE, methods=["GET", "POST"], writes=["POST"], owner="listing.certificate.place")
def moderation_page(request: HttpRequest, listing: int) -> HttpResponse:
    """Old and new side by side, the certificate beside them, and the answer."""
    revision = _find(request, listing)
    if request.method == "GET":
        return _show(request, revision)
    act = request.POST.get("act", "")
    form = AnswerForm(request.POST, needs_reason=act in SENT_BACK)
    if act not in words.DONE or not form.is_valid():
        return _show(request, revision, status=400, form=form)
    try:
        with busy_instead_of_waiting():
            _answer(request, act, listing, form)
    except UnknownListing:
        raise Http404 from None
    except (OwnListing, RevisionChanged, AlreadyAnswered) as refusal:
        return _show(request, _find(request, listing), status=409, typed=form, problem=_refused(refusal))
    except ShopBusy:
        return _show(request, revision, status=503, form=form, problem=words.BUSY)
    toasts.success(request, words.DONE[act])
    return redirect("office_desk:moderation")


def _answer(request: HttpRequest, act: str, listing: int, form: AnswerForm) -> None:
    now = clock.now()
    if act in SENT_BACK:
        reason = form.cleaned_data["reason"]
        SENT_BACK[act](listing_id=listing, read=form.read, reason=reason, actor=request.actor, now=now)
    else:
        approve_revision(listing_id=listing, read=form.read, actor=request.actor, now=now, today=now.date())


def _refused(refusal: Exception) -> str:
    if isinstance(refusal, AlreadyAnswered):
        return words.ANSWERED % {"answer": words.ANSWERS[R(refusal.revision.state)][0]}
    return str(words.OWN if isinstance(refusal, OwnListing) else words.CHANGED)


def _find(request: HttpRequest, listing: int) -> ListingRevision:
    """What waits for an answer, else what was answered last; nothing outside one's reach, and never a draft."""
    reach = within_reach(actor=request.actor, prefix="listing__certificate__")
    sent = ListingRevision.objects.filter(reach, listing=listing).exclude(state=R.DRAFT)
    loaded = sent.select_related(
        "listing__product",
        "listing__producer__profile__province",
        "listing__certificate__decision",
        "listing__certificate__province",
        "decided_by",
    )
    revision = loaded.filter(state=R.SUBMITTED).first() or loaded.exclude(state=R.REPLACED).order_by("-number").first()
    if revision is None:
        raise Http404
    return revision


def _show(
    request: HttpRequest,
    revision: ListingRevision,
    *,
    status: int = 200,
    form: AnswerForm | None = None,
    typed: AnswerForm | None = None,
    problem: Any = "",
) -> HttpResponse:
    today = clock.today()
    listing = revision.listing
    changes = changes_of(revision, today=today)
    initial = {
        "number": revision.number,
        "listing_version": listing.version,
        # The page is made anew and the answer stays: only what it was about has to be read again.
        "reason": typed.cleaned_data["reason"] if typed else "",
    }
    answer, answer_kind = words.ANSWERS[R(revision.state)]
    context = desk_context(
        request,
        room="moderation",
        revision=revision,
        listing=listing,
        certificate=view_of(listing.certificate, today=today) if listing.certificate else None,
        texts=text_rows(changes.texts),
        prices=changes.prices,
        warnings=warnings(changes.findings),
        form=form or AnswerForm(initial=initial),
        problem=problem,
        answer=answer,
        answer_kind=answer_kind,
        waits=revision.state == R.SUBMITTED,
        is_first=listing.went_live_at is None,
        is_public=listing.state in {Listing.State.LIVE, Listing.State.HIDDEN},
        title=_("Duyệt sản phẩm"),
    )
    return render(request, "office_desk/moderation_page.html", context, status=status)
