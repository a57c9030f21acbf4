"""Producers that an official list names and nobody has claimed yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from shop.common.copying import copy_in
from shop.common.places.addresses import understand_address
from shop.common.vietnamese import fold, slugify
from shop.oscar_forks.partner.models import Partner

from .models import ProducerProfile

MAX_SLUG_LENGTH = 120
# The first words of a name that fit, longest forms first.
KIND_BY_FIRST_WORDS = (
    ("lien hiep hop tac xa", ProducerProfile.Kind.COOPERATIVE),
    ("hop tac xa", ProducerProfile.Kind.COOPERATIVE),
    ("to hop tac", ProducerProfile.Kind.COOPERATIVE_GROUP),
    ("ho ", ProducerProfile.Kind.HOUSEHOLD_BUSINESS),
    ("trang trai", ProducerProfile.Kind.FARM),
    ("co so", ProducerProfile.Kind.PRODUCTION_FACILITY),
    ("hoi ", ProducerProfile.Kind.ASSOCIATION),
    ("hiep hoi", ProducerProfile.Kind.ASSOCIATION),
    ("cong ty", ProducerProfile.Kind.ENTERPRISE),
    ("chi nhanh", ProducerProfile.Kind.ENTERPRISE),
    ("doanh nghiep", ProducerProfile.Kind.ENTERPRISE),
    ("tap doan", ProducerProfile.Kind.ENTERPRISE),
)


@dataclass(frozen=True)
class ProducerSought:
    """A producer as a list names it. `folded_name` has its short forms written out; the province may be unknown."""

    name: str
    folded_name: str
    province_code: str
    address: str
    is_sample: bool = False

    @property
    def key(self) -> tuple[str, str, bool]:
        return (self.folded_name, self.province_code, self.is_sample)


@dataclass(frozen=True)
class Registered:
    """The producer of each request in its order, with its profile loaded; `made` are the ids of those not known before."""

    producers: list[Partner]
    made: list[int]


def register_producers(*, sought: Sequence[ProducerSought]) -> Registered:
    """Find or make the producers of these requests.

    One name in one province is one producer; those not known yet are made, unclaimed.
    """
    known = _known_producers(sought)
    missing = {wanted.key: wanted for wanted in sought if wanted.key not in known}
    created = _create(list(missing.values()))
    everyone = known | created
    return Registered([everyone[wanted.key] for wanted in sought], made=[one.pk for one in created.values()])


def _known_producers(sought: Sequence[ProducerSought]) -> dict[tuple[str, str, bool], Partner]:
    profiles = ProducerProfile.objects.filter(folded_name__in={wanted.folded_name for wanted in sought}).select_related(
        "producer"
    )
    known = {}
    for profile in profiles.order_by("-pk"):
        profile.producer.profile = profile
        known[profile.folded_name, profile.province_id or "", profile.is_sample] = profile.producer
    return known


def _create(missing: list[ProducerSought]) -> dict[tuple[str, str, bool], Partner]:
    slugs = _free_slugs(missing)
    partners = copy_in([Partner(name=wanted.name, code=slug) for wanted, slug in zip(missing, slugs, strict=True)])
    profiles = [
        ProducerProfile(
            producer=partner,
            slug=slug,
            folded_name=wanted.folded_name,
            kind=_kind_of(wanted.folded_name),
            status=ProducerProfile.Status.UNCLAIMED,
            is_sample=wanted.is_sample,
            province_id=wanted.province_code or None,
            commune_id=_commune_code(wanted),
            address_as_certified=wanted.address,
        )
        for partner, wanted, slug in zip(partners, missing, slugs, strict=True)
    ]
    copy_in(profiles)
    for partner, profile in zip(partners, profiles, strict=True):
        partner.profile = profile
    return {wanted.key: partner for wanted, partner in zip(missing, partners, strict=True)}


def _free_slugs(missing: list[ProducerSought]) -> list[str]:
    """Return one unused slug each: the name, with a number where the name is taken."""
    bases = [slugify(wanted.name)[:MAX_SLUG_LENGTH].strip("-") or "nha-san-xuat" for wanted in missing]
    taken = set(ProducerProfile.objects.values_list("slug", flat=True)) | set(Partner.objects.values_list("code", flat=True))
    slugs = []
    for base in bases:
        slug, number = base, 2
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _kind_of(folded_name: str) -> str:
    name = fold(folded_name)
    return next((kind for words, kind in KIND_BY_FIRST_WORDS if name.startswith(words)), ProducerProfile.Kind.UNKNOWN)


def _commune_code(wanted: ProducerSought) -> str | None:
    """Return the commune the address certainly lies in today, inside the producer's province."""
    commune = understand_address(wanted.address).commune if wanted.address else None
    return commune.pk if commune and commune.province_id == wanted.province_code else None
