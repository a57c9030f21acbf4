"""The public registry read for pages: one certificate, its history, the whole list and its totals."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from catalogue_ext.models import ALCOHOL_CRITERIA_SETS, is_alcohol
from shop.common.vietnamese import fold, normalise
from shop.common.written_once import WrittenOnce

from .folding import Folded
from .models import Certificate, UnprovenEntry
from .state import EXPIRING_WITHIN, LiveState, valid_on

# What people type for the dash of AG-2025-01834, or paste around the code.
NOT_IN_A_CODE = re.compile(r"[^A-Z0-9]+")
CODE = re.compile(r"^([A-Z]+)(\d{4})(\d{1,5})$")
# Samples for tests are numbered differently: they are found as they are written.
OTHER_CODE = re.compile(r"^[A-Z0-9]+(-[A-Z0-9]+)+$")
CODE_IN_ADDRESS = re.compile(r"/xac-minh/([^/?#]+)")
SERIAL_DIGITS = 5


class NoSuchCertificate(Exception):
    """The registry has no certificate with this code."""


@dataclass(frozen=True)
class RegistryTotals:
    """How many certificates there are, real ones and samples apart."""

    valid: int
    not_valid: int
    decisions: int
    authorities: int
    samples: int

    @property
    def all(self) -> int:
        return self.valid + self.not_valid


def read_code(typed: str) -> str:
    """Return the certificate code meant by what was typed or scanned, or nothing if it cannot be one.

    Case, spaces and dashes do not matter, nor do missing zeros; a whole address is as good as its code.
    """
    in_address = CODE_IN_ADDRESS.search(typed)
    letters = fold(in_address[1] if in_address else typed).upper()
    parts = CODE.match(NOT_IN_A_CODE.sub("", letters))
    if parts is None:
        return letters if OTHER_CODE.match(letters) else ""
    province, year, serial = parts.groups()
    return f"{province}-{year}-{serial.zfill(SERIAL_DIGITS)}"


def find_certificate(*, code: str) -> Certificate:
    """Return the certificate with everything its page shows; raises NoSuchCertificate."""
    found = _loaded().filter(code=code).first()
    if found is None:
        raise NoSuchCertificate(code)
    return found


def history_of(certificate: Certificate) -> list[Certificate]:
    """Return the recognitions of the same product of the same producer, this one included, newest first."""
    same = Q(producer_name=certificate.producer_name, folded_name=certificate.folded_name)
    if certificate.producer_id:
        same = Q(producer=certificate.producer_id, folded_name=certificate.folded_name)
    if certificate.product_id:
        same |= Q(product=certificate.product_id)
    return list(_loaded().filter(same).order_by("-issued_on", "-pk"))


def certificates_of_producer(*, producer_id: int) -> QuerySet[Certificate]:
    """Return every certificate of a producer, newest first."""
    return _loaded().filter(producer=producer_id).order_by("-issued_on", "-pk")


def stars_of_producer(*, producer_id: int) -> list[Certificate]:
    """The same, read only as far as it takes to count the valid ones and to tell the history of a product's stars."""
    return _stars_of_producer(producer_id=producer_id)


_DECIDING = ("stored_state", "issued_on", "valid_until", "extended_until", "superseded_on")
_stars_of_producer = WrittenOnce[Certificate](
    lambda producer_id: (
        Certificate.objects.filter(producer=producer_id)
        .only("stars", "product_id", "folded_name", *_DECIDING)
        .order_by("-issued_on", "-pk")
    )
)


def certificates_of_name(certificate: Certificate) -> QuerySet[Certificate]:
    """Return every certificate whose row names the same producer, where no producer is known; itself at least."""
    name = certificate.folded_producer_name
    same = Q(producer=None, folded_producer_name=name, province=certificate.province_id) if name else Q(pk=certificate.pk)
    return _loaded().filter(same).order_by("-issued_on", "-pk")


def search_registry(*, text: str = "", state: LiveState | None = None, today: date) -> QuerySet[Certificate]:
    """Return the certificates in the registry, lapsed ones too, newest first.

    Spirits are found by their code or decision only: no anonymous search leads to them by name.
    """
    # The columns for comparing keep accents; whoever searches leaves them out.
    found = _loaded().alias(names=Folded("product_name", "producer_name")).order_by("-issued_on", "code")
    if state is not None:
        found = found.filter(in_state(state, day=today))
    for word in normalise(text).split():
        number = word.upper().replace("QD-", "QĐ-")
        found = found.filter(_names(fold(word)) | Q(decision__number__contains=number) | Q(code__contains=number))
    return found


def count_registry(*, today: date) -> RegistryTotals:
    """Count the registry as the home page tells it: samples are not certificates of anybody."""
    real = Q(decision__is_sample=False)
    valid = valid_on(day=today)
    counts = Certificate.objects.aggregate(
        valid=Count("pk", filter=real & valid),
        all=Count("pk", filter=real),
        decisions=Count("decision", filter=real, distinct=True),
        authorities=Count("decision__authority", filter=real, distinct=True),
        samples=Count("pk", filter=~real),
    )
    return RegistryTotals(
        valid=counts["valid"],
        not_valid=counts["all"] - counts["valid"],
        decisions=counts["decisions"],
        authorities=counts["authorities"],
        samples=counts["samples"],
    )


def search_unproven(*, text: str = "") -> QuerySet[UnprovenEntry]:
    """Return what some source calls certified without number, date or producer to prove it."""
    found = UnprovenEntry.objects.select_related("province")
    for word in fold(text).split():
        found = found.filter(Q(folded_name__contains=word) & ~_SPIRIT_BY_NAME)
    return found


def count_unproven() -> int:
    """Return how many entries await their proof."""
    return UnprovenEntry.objects.count()


@dataclass(frozen=True)
class ListSource:
    """One imported list and how many certificates the registry read from it."""

    file_name: str
    certificates: int
    is_sample: bool


def list_sources() -> list[ListSource]:
    """Return the lists behind the registry, the largest first."""
    rows = (
        Certificate.objects.values("import_run__file_name", "decision__is_sample")
        .annotate(certificates=Count("pk"))
        .order_by("decision__is_sample", "-certificates", "import_run__file_name")
    )
    return [ListSource(row["import_run__file_name"] or "", row["certificates"], row["decision__is_sample"]) for row in rows]


def in_state(state: LiveState, *, day: date) -> Q:
    """Return the SQL condition of `live_state(...) == state`."""
    active = Q(stored_state=Certificate.State.ACTIVE)
    soon = day + EXPIRING_WITHIN
    over = Q(valid_until__lt=day) & (Q(extended_until__isnull=True) | Q(extended_until__lt=day))
    return {
        LiveState.VALID: valid_on(day=day) & Q(valid_until__gt=soon),
        LiveState.EXPIRING: valid_on(day=day) & Q(valid_until__gte=day, valid_until__lte=soon),
        LiveState.EXTENDED: valid_on(day=day) & Q(valid_until__lt=day, extended_until__gte=day),
        LiveState.EXPIRED: active & (Q(issued_on__gt=day) | over | Q(superseded_on__lte=day)),
        LiveState.SUSPENDED: Q(stored_state=Certificate.State.SUSPENDED),
        LiveState.REVOKED: Q(stored_state=Certificate.State.REVOKED),
    }[state]


def _names(word: str) -> Q:
    # Addresses are in the kept text as well: they narrow here, and never find anything by themselves.
    named = Q(search_text__contains=word, names__contains=word)
    judged_spirit = Q(criteria_set__in=ALCOHOL_CRITERIA_SETS) | is_alcohol("product__")
    # Most lists print no criteria set, so the name has to tell.
    told = Certificate.objects.filter(judged_spirit | _SPIRIT_BY_NAME).values("pk")
    return named & ~Q(pk__in=told)


_SPIRIT_BY_NAME = Q(folded_name__iregex=r"\y(ruou|rượu|bia)\y")


def _loaded() -> QuerySet[Certificate]:
    return Certificate.objects.select_related(
        "decision", "province", "commune", "producer__profile", "product", "import_run", "superseded_by"
    ).annotate(listing_state=F("product__listing__state"))
