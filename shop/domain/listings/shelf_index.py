"""The whole shelf as columns in memory: lists and facet counts without asking the database for all of it each time.

A row of bytes per facet value has a one for each listing with that value, newest listing first, and is kept as a
number: ticking is AND, counting is counting ones. A process reads the columns again when they are older than
SHELF_INDEX_SECONDS, or twenty times as long as reading took, so that a large shelf costs a twentieth of a processor.
What a card shows never comes from here: rows are read anew by number, and what has left the shelf since stays away.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import compress, islice
from threading import Lock

from django.conf import settings
from django.db.models import F

from catalogue_ext.search.searching import TypedWords, matching

from .facets import FACETS, FacetCounts
from .filtering import Chosen, Section, Sort, facet_values, listings_of_section, sort_listings
from .models import Listing
from .queries import shelf_listings

# Reading may take one part in so many of the time.
SHARE_OF_TIME = 20
MOST_REMEMBERED = 500
# What a search finds may be all of a large shelf, a megabyte of places.
MOST_SEARCHES_REMEMBERED = 50
PRODUCER = "producers"
# Among the newest.
TIMES_OF_A_PRODUCER = 2
ONE = b"\x01"


@dataclass(frozen=True)
class Having:
    """The listings that have the words of a search: their places, the closest first, and the same as a mask."""

    places: list[int]
    mask: int


class ShelfIndex:
    """The columns of one moment."""

    def __init__(self, *, today: date) -> None:
        began = time.monotonic()
        self.today = today
        values = {name: F(name) for name in ("group_code", "province_code", "price_band", "in_stock")}
        rows = (
            shelf_listings(today=today)
            .alias(**facet_values())
            .annotate(stars=F("certificate__stars"), **values)
            .values_list("pk", "price_from_vnd", "certificate__issued_on", *(name for name, _, _ in FACETS))
        )
        columns = list(zip(*rows, strict=True)) or [()] * (3 + len(FACETS))
        self.ids, self.prices, self.issued_on = columns[:3]
        self.columns = {field: column for (_, field, _), column in zip(FACETS, columns[3:], strict=True)}
        self.everything = int.from_bytes(ONE * len(self.ids), "little")
        self.masks = {field: _masks(column) for field, column in self.columns.items() if field != PRODUCER}
        self.read_at = time.monotonic()
        self.read_in_seconds = self.read_at - began
        self._sections: dict[object, int] = {}
        self._counts: dict[tuple, FacetCounts] = {}
        self._orders: dict[Sort, list[int]] = {}
        self._by_decision: list[int] = []
        self._found: dict[TypedWords, Having] = {}
        self._places: dict[int, int] = {}

    def is_fresh(self, today: date) -> bool:
        """Say whether these columns may still be used; never beyond the day, for certificates end with it."""
        least = settings.SHELF_INDEX_SECONDS
        age = time.monotonic() - self.read_at
        return bool(least) and self.today == today and age < max(least, self.read_in_seconds * SHARE_OF_TIME)

    def count(self, section: Section, chosen: Chosen) -> FacetCounts:
        """Count every facet: its own ticks do not count against its other values.

        Two provinces may be ticked at once, so a province not ticked says how many it would add.
        """
        key = (_key_of(section), section.words, *(tuple(getattr(chosen, field)) for _, field, _ in FACETS))
        counts = self._counts.get(key)
        if counts is None:
            counts = self._count(section, chosen)
            _remember(self._counts, key, counts, most=MOST_REMEMBERED)
        return counts

    def part(self, section: Section, chosen: Chosen, sort: Sort, *, first: int, last: int) -> list[int]:
        """Return the numbers of the listings from the first place to before the last one."""
        flags = self._flags(self._narrowed(section, chosen))
        if sort == Sort.RELEVANCE and section.words:
            order = self._having(section.words).places
        elif sort in _SORTED_BY:
            order = self._order(sort)
        else:
            return list(islice(compress(self.ids, flags), first, last))
        return [self.ids[place] for place in islice((place for place in order if flags[place]), first, last)]

    def newest(self, *, most: int, stars: int | None = None) -> list[int]:
        """Return the numbers of the listings with the newest decisions, of one number of stars if given.

        A list of one producer's twelve flavours tells nothing new, so a producer comes twice at most.
        """
        if not self._by_decision:
            newest_last = sorted(range(len(self.ids)), key=lambda place: (self.issued_on[place], self.ids[place]))
            self._by_decision = newest_last[::-1]
        shown: Counter = Counter()
        found: list[int] = []
        for place in self._by_decision:
            if len(found) == most:
                break
            producer = self.columns[PRODUCER][place]
            if stars in {None, self.columns["stars"][place]} and shown[producer] < TIMES_OF_A_PRODUCER:
                shown[producer] += 1
                found.append(self.ids[place])
        return found

    def _count(self, section: Section, chosen: Chosen) -> FacetCounts:
        fitting = {field: self._fitting(field, chosen) for field in self.columns}
        shelf = self._section(section)
        counted: dict[str, dict] = {}
        for field in self.columns:
            others = _all_of(shelf, (mask for name, mask in fitting.items() if name != field))
            if field == PRODUCER:
                counted[field] = dict(Counter(compress(self.columns[field], self._flags(others))))
            else:
                counts = ((value, (others & mask).bit_count()) for value, mask in self.masks[field].items())
                counted[field] = {value: count for value, count in counts if count and value is not None and value != ""}
        return FacetCounts(total=_all_of(shelf, fitting.values()).bit_count(), **counted)

    def _narrowed(self, section: Section, chosen: Chosen) -> int:
        return _all_of(self._section(section), (self._fitting(field, chosen) for field in self.columns))

    def _fitting(self, field: str, chosen: Chosen) -> int:
        """The listings with any of the ticked values of a facet; all of them when none is ticked."""
        ticked = set(getattr(chosen, field))
        if not ticked:
            return self.everything
        if field == PRODUCER:
            return int.from_bytes(bytes(value in ticked for value in self.columns[field]), "little")
        mask = 0
        for value in ticked:
            mask |= self.masks[field].get(value, 0)
        return mask

    def _section(self, section: Section) -> int:
        key = _key_of(section)
        if key not in self._sections:
            self._sections[key] = self._read_section(section)
        return self._sections[key] & self._having(section.words).mask if section.words else self._sections[key]

    def _read_section(self, section: Section) -> int:
        if section.category is not None:
            branch = replace(section, words=None)
            inside = set(listings_of_section(branch, today=self.today).order_by().values_list("pk", flat=True))
            return int.from_bytes(bytes(pk in inside for pk in self.ids), "little")
        if section.province_code is not None:
            return self.masks["provinces"].get(section.province_code, 0)
        return self.everything

    def _having(self, words: TypedWords) -> Having:
        """Look the words up, once while these columns are used; the database has an index of them."""
        having = self._found.get(words)
        if having is None:
            having = self._look_up(words)
            _remember(self._found, words, having, most=MOST_SEARCHES_REMEMBERED)
        return having

    def _look_up(self, words: TypedWords) -> Having:
        if not self._places:
            self._places = {pk: place for place, pk in enumerate(self.ids)}
        found = sort_listings(Listing.objects.filter(matching(words, prefix="product__")), Sort.RELEVANCE, words)
        places = [self._places[pk] for pk in found.values_list("pk", flat=True) if pk in self._places]
        flags = bytearray(len(self.ids))
        for place in places:
            flags[place] = 1
        return Having(places, int.from_bytes(flags, "little"))

    def _flags(self, mask: int) -> bytes:
        return mask.to_bytes(len(self.ids), "little")

    def _order(self, sort: Sort) -> list[int]:
        if sort not in self._orders:
            # The sort is stable: among equals the newest stays first.
            self._orders[sort] = sorted(range(len(self.ids)), key=_SORTED_BY[sort](self))
        return self._orders[sort]


def related_to(listing: Listing, *, today: date, most: int = 8) -> list[int]:
    """Return what else comes from the same province, or is of the same kind where no province is known."""
    province = listing.product.origin_province_id
    if province is None:
        same_kind = shelf_listings(today=today).filter(product__criteria_set=listing.product.criteria_set)
        return list(same_kind.exclude(pk=listing.pk).values_list("pk", flat=True)[:most])
    nearby = shelf_index(today=today).part(Section(province_code=province), Chosen(), Sort.NEWEST, first=0, last=most + 1)
    return [pk for pk in nearby if pk != listing.pk][:most]


@dataclass(frozen=True)
class ShelfRows:
    """The listings of a narrowed section in their order, for a paginator: only the page that is cut out is looked up."""

    index: ShelfIndex
    section: Section
    chosen: Chosen
    sort: Sort

    def __len__(self) -> int:
        return self.index.count(self.section, self.chosen).total

    def __getitem__(self, page: slice) -> list[int]:
        return self.index.part(self.section, self.chosen, self.sort, first=page.start, last=page.stop)


_SORTED_BY: dict[Sort, Callable[[ShelfIndex], Callable[[int], int]]] = {
    Sort.STARS: lambda index: lambda place: -index.columns["stars"][place],
    Sort.CHEAPEST: lambda index: lambda place: index.prices[place],
    Sort.DEAREST: lambda index: lambda place: -index.prices[place],
}
_current: list[ShelfIndex] = []
_reading = Lock()


def shelf_index(*, today: date) -> ShelfIndex:
    """Return the columns of the shelf as they are now or were a moment ago.

    One thread reads them again; others go on with the old ones meanwhile, if there are any of this day.
    """
    kept = _current[0] if _current else None
    if kept is not None and kept.is_fresh(today):
        return kept
    if kept is not None and kept.today == today and settings.SHELF_INDEX_SECONDS:
        if not _reading.acquire(blocking=False):
            return kept
    else:
        _reading.acquire()
    try:
        kept = _current[0] if _current else None
        if kept is None or not kept.is_fresh(today):
            _current[:] = [ShelfIndex(today=today)]
        return _current[0]
    finally:
        _reading.release()


def forget_shelf() -> None:
    """Begin anew, as a process that has just started."""
    _current.clear()


def _remember(kept: dict, key: Hashable, value: object, *, most: int) -> None:
    """Keep it; other threads may forget everything at any moment, so nobody reads back what it has just kept."""
    if len(kept) >= most:
        kept.clear()
    kept[key] = value


def _masks(column: tuple) -> dict[object, int]:
    rows: defaultdict[object, bytearray] = defaultdict(lambda: bytearray(len(column)))
    for place, value in enumerate(column):
        rows[value][place] = 1
    return {value: int.from_bytes(row, "little") for value, row in rows.items()}


def _all_of(first: int, others: Iterable[int]) -> int:
    for mask in others:
        first &= mask
    return first


def _key_of(section: Section) -> tuple:
    return (section.category.pk if section.category else None, section.province_code)
