"""The registry as the office asks it: any spelling, old names of places, slips of the finger, and every filter at once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product as every_combination

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from rapidfuzz import process
from rapidfuzz.distance import OSA

from shop.common.places.gazetteer import gazetteer
from shop.common.places.lookup import find_legacy_province
from shop.common.places.models import LegacyUnit
from shop.common.vietnamese import fold

from .models import Certificate
from .naming import NOT_IN_NAMES, folded_producer_name
from .queries import in_state, read_code
from .state import LiveState, valid_on

MOST_WORDS = 10
LONGEST_WORD = 40
# Two slips are forgiven only where enough letters are left to tell words apart.
LONG_WORD = 7
MOST_CANDIDATES = 4
SHORTEST_SPLIT = 2
MOST_CHOICES = 256
MOST_COMBINATIONS = 24
# Names of provinces have two to four words: Bắc Ninh, Bà Rịa - Vũng Tàu.
PLACE_WORDS = range(4, 1, -1)


@dataclass(frozen=True)
class Asked:
    """What the office looks for; empty means all. `province` and `commune` are codes, `within_days` an end that is near."""

    text: str = ""
    state: LiveState | None = None
    stars: int | None = None
    province: str = ""
    commune: str = ""
    year: int | None = None
    within_days: int | None = None
    decision: str = ""


@dataclass(frozen=True)
class Found:
    """The certificates found, and with which words, if not those that were typed."""

    certificates: QuerySet[Certificate]
    meant: str = ""


SORTS = {
    "newest": ("-issued_on", "code"),
    "ending": ("ends_on", "code"),
    "name": ("folded_name", "code"),
    "producer": ("folded_producer_name", "folded_name", "code"),
    "stars": ("-stars", "-issued_on", "code"),
    "code": ("code",),
}


def search_for_office(certificates: QuerySet[Certificate], *, asked: Asked, sort: str = "newest", today: date) -> Found:
    """Return what fits `asked` among `certificates`, in the order of `sort` (a key of SORTS).

    When nothing has the words that were typed, the nearest words that the registry knows are tried.
    """
    filtered = _filter(certificates, asked, today)
    ordered = filtered.annotate(ends_on=Coalesce(F("extended_until"), F("valid_until"))).order_by(*SORTS[sort])
    words = _words(asked.text)
    if not words:
        return Found(ordered)
    found = ordered.filter(matching(asked.text))
    if found.exists():
        return Found(found)
    for meant in _nearest_texts(words, certificates):
        nearby = ordered.filter(matching(meant))
        if nearby.exists():
            return Found(nearby, meant=meant)
    return Found(found)


def matching(text: str) -> Q:
    """Return the condition that a certificate has all words of `text` in names, place, code or decision."""
    as_typed, written_out = _words(text), _words(folded_producer_name(text))
    condition = _all_of(as_typed)
    if written_out != as_typed:
        condition |= _all_of(written_out)
    place = _old_province_in(as_typed)
    if place is not None:
        unit, others = place
        condition |= Q(commune__in=_communes_of(unit)) & _all_of(others)
    code = read_code(text)
    return condition | Q(code=code) if code else condition


def years_of(certificates: QuerySet[Certificate]) -> list[int]:
    """Return the years in which these certificates were issued, newest first."""
    return [day.year for day in certificates.order_by().dates("issued_on", "year", order="DESC")]


def _filter(certificates: QuerySet[Certificate], asked: Asked, today: date) -> QuerySet[Certificate]:
    if asked.state is not None:
        certificates = certificates.filter(in_state(asked.state, day=today))
    if asked.stars:
        certificates = certificates.filter(stars=asked.stars)
    if asked.province:
        certificates = certificates.filter(province=asked.province)
    if asked.commune:
        certificates = certificates.filter(commune=asked.commune)
    if asked.year:
        certificates = certificates.filter(issued_on__year=asked.year)
    if asked.within_days is not None:
        last = today + timedelta(days=asked.within_days)
        ends_soon = Q(extended_until__isnull=True, valid_until__lte=last) | Q(extended_until__lte=last)
        certificates = certificates.filter(valid_on(day=today) & ends_soon)
    if asked.decision:
        number = asked.decision.upper().replace("QD-", "QĐ-")
        certificates = certificates.filter(decision__number__icontains=number)
    return certificates


def _words(text: str) -> tuple[str, ...]:
    return tuple(word[:LONGEST_WORD] for word in NOT_IN_NAMES.sub(" ", fold(text)).split()[:MOST_WORDS])


def _all_of(words: Iterable[str]) -> Q:
    condition = Q()
    for word in words:
        number = word.upper().replace("QD", "QĐ")
        condition &= (
            Q(search_text__contains=word)
            | Q(code__contains=word.upper())
            | Q(decision__number__icontains=number)
            | Q(province__folded__contains=word)
            | Q(commune__folded__contains=word)
        )
    return condition


def _old_province_in(words: Sequence[str]) -> tuple[LegacyUnit, list[str]] | None:
    """Return the province of before 01/07/2025 that some of the words name, and the words left."""
    for length in PLACE_WORDS:
        for start in range(len(words) - length + 1):
            unit = find_legacy_province(" ".join(words[start : start + length]))
            if unit is not None:
                return unit, [*words[:start], *words[start + length :]]
    return None


def _communes_of(unit: LegacyUnit) -> list[str]:
    below = LegacyUnit.objects.filter(Q(parent=unit) | Q(parent__parent=unit))
    return sorted({commune.code for one in below for commune in gazetteer().communes_now(one)})


def _nearest_texts(words: Sequence[str], certificates: QuerySet[Certificate]) -> Iterable[str]:
    """The fewest slips first, then the commonest words."""
    vocabulary = _vocabulary_of(certificates)
    # The more words, the fewer guesses at each, so that a long line costs no more than a short one.
    most = max(2, min(MOST_CANDIDATES, int(MOST_CHOICES ** (1 / len(words)))))
    nearby = [_nearby(word, vocabulary, most) for word in words]
    ranked = sorted(
        (sum(slips for slips, _, _ in choice), sum(rarity for _, rarity, _ in choice), [word for _, _, word in choice])
        for choice in every_combination(*nearby)
    )
    return [" ".join(chosen) for slips, _, chosen in ranked if slips][:MOST_COMBINATIONS]


def _nearby(word: str, vocabulary: Counter[str], most: int) -> list[tuple[int, int, str]]:
    unchanged = (0, -vocabulary[word], word)
    if any(letter.isdigit() for letter in word):
        return [unchanged]
    forgiven = 2 if len(word) >= LONG_WORD else 1
    found = process.extract(word, list(vocabulary), scorer=OSA.distance, score_cutoff=forgiven, limit=None)
    near = [(int(slips), -vocabulary[other], other) for other, slips, _ in found if slips]
    near = sorted(near + list(_splits(word, vocabulary)))
    return [unchanged, *near[: most - 1]]


def _splits(word: str, vocabulary: Counter[str]) -> Iterable[tuple[int, int, str]]:
    """A forgotten space is a slip as well: «nuocmam»."""
    for at in range(SHORTEST_SPLIT, len(word) - SHORTEST_SPLIT + 1):
        first, second = word[:at], word[at:]
        if first in vocabulary and second in vocabulary:
            yield 1, -min(vocabulary[first], vocabulary[second]), f"{first} {second}"


def _vocabulary_of(certificates: QuerySet[Certificate]) -> Counter[str]:
    """Read only when nothing was found, so it is not worth keeping."""
    texts = certificates.order_by().values_list("search_text", flat=True)
    return Counter(word for text in texts.iterator(chunk_size=5000) for word in set(text.split()))
