"""/van-phong/chu-the/<id>/: everything about one producer, and what the office does to it."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from shop.common import clock
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.state import view_of
from shop.domain.listings.models import Listing, ListingRevision
from shop.domain.parcels.models import Parcel
from shop.domain.producers.models import ClaimCode, Membership, ProducerClaim, ProducerEvent, ProducerProfile

from ..workplace import desk_context
from .forms import MemberForm, ReasonForm
from .queue import producers_here
from .words import ACTS_AT, HAPPENINGS, ROLES, STANDINGS

MOST_SHOWN = 50
P = Parcel.Status


def find_here(request: HttpRequest, producer: int) -> ProducerProfile:
    """Return a producer within reach, or 404."""
    loaded = producers_here(request).select_related("producer", "province", "commune")
    return get_object_or_404(loaded, pk=producer)


def show_producer(
    request: HttpRequest,
    profile: ProducerProfile,
    *,
    status: int = 200,
    bound: tuple[str, Form] | None = None,
    problem: Any = "",
) -> HttpResponse:
    """The page; `bound` is the form that was sent wrong, by the name of its act."""
    failed, form = bound or ("", None)
    standing = ProducerProfile.Status(profile.status)
    context = desk_context(
        request,
        room="producers",
        profile=profile,
        standing=STANDINGS[standing][0],
        standing_kind=STANDINGS[standing][1],
        acts=[(act, form if form and act.name == failed else ReasonForm(auto_id=f"{act.name}_%s")) for act in ACTS_AT[standing]],
        failed=failed,
        failed_form=form,
        problem=problem,
        member_form=form if form and failed == "add_member" else MemberForm(auto_id="member_%s"),
        remove_form=ReasonForm(auto_id=False),
        **_facts(profile),
    )
    return render(request, "office_desk/producer.html", context, status=status)


def _facts(profile: ProducerProfile) -> dict[str, Any]:
    today = clock.today()
    certificates = Certificate.objects.filter(producer=profile.pk).select_related("decision", "province")
    listings = Listing.objects.filter(producer=profile.pk).select_related("product").order_by("product__title", "pk")
    members = Membership.objects.filter(producer=profile.pk).select_related("user").order_by("pk")
    return {
        "certificates": [view_of(one, today=today) for one in certificates.order_by("-issued_on", "pk")[:MOST_SHOWN]],
        "listings": listings[:MOST_SHOWN],
        "in_review": set(
            ListingRevision.objects.filter(listing__producer=profile.pk, state="submitted").values_list("listing", flat=True)
        ),
        "members": [(one, ROLES[Membership.Role(one.role)]) for one in members],
        "events": [
            (event, HAPPENINGS[ProducerEvent.Action(event.action)])
            for event in ProducerEvent.objects.filter(producer=profile.pk).select_related("actor").order_by("-pk")[:MOST_SHOWN]
        ],
        "claim": ProducerClaim.objects.filter(producer=profile.pk).select_related("user").order_by("-pk").first(),
        "code": ClaimCode.objects.filter(producer=profile.pk, voided_at=None, used_at=None, expires_at__gt=clock.now()).first(),
        "held": Parcel.objects.filter(producer=profile.pk, status=P.ON_HOLD).order_by("pk")[:MOST_SHOWN],
        "open_parcels": Parcel.objects.filter(producer=profile.pk, status__in=(P.PENDING, P.TO_CONFIRM, P.PACKING)).count(),
        "shipped_parcels": Parcel.objects.filter(producer=profile.pk, status=P.SHIPPED).count(),
    }
