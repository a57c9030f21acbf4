"""/van-phong/chung-nhan/<code>/: everything the registry knows of one certificate, and what may be done to it."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from shop.access.declare import access
from shop.common import clock
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.queries import read_code
from shop.domain.certificates.state import view_of
from shop.domain.certificates.story import Deed, deeds_of, relatives_of, waiting_requests
from shop.domain.certificates.superseding import replacements_for
from shop.domain.listings.models import Listing
from shop.domain.ordering.stop_effects import count_parcels, held_parcels

from ..reach import OFFICE, readable_certificates
from ..workplace import desk_context
from .words import ACTS, DEEDS, FIELDS, ActWords, change_text, may_act

State = Certificate.State


@dataclass(frozen=True)
class Happening:
    """One deed in words: `changes` are (what, old, new)."""

    deed: Deed
    title: str
    changes: list[tuple[str, str, str]]


def find_here(request: HttpRequest, code: str) -> Certificate:
    """Return the certificate with this code; 404 when there is none or it lies outside one's scope."""
    certificates = readable_certificates(request).select_related(
        "decision", "province", "commune", "producer__profile", "product", "import_run", "superseded_by"
    )
    return get_object_or_404(certificates, code=read_code(code) or code.replace("\x00", ""))


@access(roles=OFFICE)
def certificate_page(request: HttpRequest, code: str) -> HttpResponse:
    """One certificate: facts, history, relatives, how many parcels it concerns."""
    return show_certificate(request, find_here(request, code))


def show_certificate(request: HttpRequest, certificate: Certificate, *, status: int = 200, problem: str = "") -> HttpResponse:
    """Render the page; with the sentence why something could not be done."""
    today = clock.today()
    listing = Listing.objects.filter(certificate=certificate).select_related("product").first()
    context = desk_context(
        request,
        room="certificates",
        certificate=certificate,
        view=view_of(certificate, today=today),
        deeds=_happenings(certificate),
        relatives=[view_of(each, today=today) for each in relatives_of(certificate)],
        requests=waiting_requests(certificate),
        parcels=count_parcels(certificate_ids=[certificate.pk]),
        held=held_parcels(certificate_id=certificate.pk),
        listing=listing,
        listing_url=_listing_url(listing),
        acts=acts_offered(certificate, today=today) if may_act(request) else [],
        may_act=may_act(request),
        problem=problem,
    )
    return render(request, "office_desk/certificate.html", context, status=status)


def acts_offered(certificate: Certificate, *, today: date) -> list[ActWords]:
    """Return the acts that its present state takes, in the order of the page."""
    offered = {
        "tam-dinh-chi": certificate.stored_state == State.ACTIVE,
        "bo-dinh-chi": certificate.stored_state == State.SUSPENDED,
        "thu-hoi": certificate.stored_state != State.REVOKED,
    }
    if certificate.stored_state != State.REVOKED and certificate.superseded_by_id is None:
        offered["gia-han"] = True
        offered["ha-sao"] = certificate.stars > min(STARS_LEFT)
        offered["thay-the"] = bool(replacements_for(certificate, today=today))
    return [words for slug, words in ACTS.items() if offered.get(slug)]


STARS_LEFT = (3, 4, 5)


def _happenings(certificate: Certificate) -> list[Happening]:
    deeds = deeds_of(certificate)
    replaced_by = {new for deed in deeds for name, _old, new in deed.changes if name == "superseded_by_id" and new}
    codes = dict(Certificate.objects.filter(pk__in=replaced_by).values_list("pk", "code"))
    return [
        Happening(
            deed=deed,
            title=str(DEEDS.get(deed.action, deed.action)),
            changes=[
                (str(FIELDS.get(name, name)), change_text(name, old, codes), change_text(name, new, codes))
                for name, old, new in deed.changes
                if old != new
            ],
        )
        for deed in deeds
    ]


def _listing_url(listing: Listing | None) -> str:
    if listing is None or listing.state != Listing.State.LIVE:
        return ""
    return listing.product.get_absolute_url()
