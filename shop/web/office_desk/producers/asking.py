"""Which producers an officer asked for, read from the address."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict

from shop.common.places.models import Commune, Province
from shop.common.vietnamese import fold
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.state import valid_on
from shop.domain.listings.models import Listing
from shop.domain.producers.models import ProducerProfile

from .queue import producers_here
from .words import STANDINGS


@dataclass(frozen=True)
class Question:
    """Words, and what was chosen; an unknown choice is none."""

    text: str
    status: str
    province: str
    commune: str
    certificates: str
    listings: str

    @property
    def has_filters(self) -> bool:
        return bool(self.status or self.province or self.certificates or self.listings)


def read_question(query: QueryDict) -> Question:
    """Return what the address asks for."""

    def chosen(name: str, offered: set[str]) -> str:
        return query.get(name, "") if query.get(name, "") in offered else ""

    return Question(
        text=query.get("q", "").replace("\x00", "").strip()[:100],
        status=chosen("trang-thai", {str(status) for status in STANDINGS}),
        province=query.get("tinh", "")[:8],
        commune=query.get("xa", "")[:8],
        certificates=chosen("giay", {"co", "khong"}),
        listings=chosen("ban", {"co", "khong"}),
    )


def find_producers(request: HttpRequest, question: Question, *, today: date) -> QuerySet[ProducerProfile]:
    """Return the producers within reach that fit, with how many valid certificates and live listings each has."""
    valid = Certificate.objects.filter(valid_on(day=today), producer=OuterRef("producer"))
    live = Listing.objects.filter(producer=OuterRef("producer"), state=Listing.State.LIVE)
    found = producers_here(request).select_related("producer", "province", "commune")
    if question.text:
        found = found.filter(Q(folded_name__contains=fold(question.text)) | Q(slug=question.text))
    if question.status:
        found = found.filter(status=question.status)
    if question.province:
        found = found.filter(province=question.province)
    if question.commune:
        found = found.filter(commune=question.commune)
    if question.certificates:
        found = found.filter(Exists(valid) if question.certificates == "co" else ~Exists(valid))
    if question.listings:
        found = found.filter(Exists(live) if question.listings == "co" else ~Exists(live))
    return found.order_by("folded_name", "pk")


def with_counts(profiles: list[ProducerProfile], *, today: date) -> list[dict[str, Any]]:
    """Rows of one page: three queries for one producer as for fifty."""
    ids = [profile.pk for profile in profiles]
    valid = _counted(Certificate.objects.filter(valid_on(day=today), producer__in=ids))
    live = _counted(Listing.objects.filter(producer__in=ids, state=Listing.State.LIVE))
    return [
        {
            "profile": profile,
            "standing": STANDINGS[ProducerProfile.Status(profile.status)][0],
            "kind": STANDINGS[ProducerProfile.Status(profile.status)][1],
            "valid": valid.get(profile.pk, 0),
            "live": live.get(profile.pk, 0),
        }
        for profile in profiles
    ]


def choices(question: Question) -> dict[str, Any]:
    """What the form offers."""
    return {
        "question": question,
        "statuses": [(str(status), name) for status, (name, _) in STANDINGS.items()],
        "provinces": Province.objects.order_by("name"),
        "communes": Commune.objects.filter(province=question.province).order_by("name") if question.province else [],
    }


def _counted(rows: QuerySet) -> dict[int, int]:
    return dict(rows.values("producer").annotate(n=Count("pk")).values_list("producer", "n"))
