"""Lists: all products, a category, a province, a search. One engine, one template."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from shop.common import clock
from shop.domain.listings.facets import FacetCounts
from shop.domain.listings.filtering import Chosen, Section, Sort
from shop.domain.listings.shelf_index import ShelfRows, shelf_index
from shop.domain.producers.queries import name_producers

from .cards import ShelfCard, shelf_cards
from .context import ProvinceName, Shop, shop_of
from .facet_choices import Facet, facets_of, producers_to_offer, read_chosen

PER_PAGE = 24
PAGE = "trang"
SORT = "xep"
MOST_PAGES = 10_000
SORT_LABELS = {
    Sort.RELEVANCE: _("Phù hợp nhất"),
    Sort.NEWEST: _("Mới lên kệ"),
    Sort.STARS: _("Sao cao đến thấp"),
    Sort.CHEAPEST: _("Giá thấp đến cao"),
    Sort.DEAREST: _("Giá cao đến thấp"),
}


@dataclass(frozen=True)
class ListPage:
    """What `storefront/_results.html` shows of one page of a list."""

    page: Page
    cards: list[ShelfCard]
    facets: tuple[Facet, ...]
    province_count: int
    sorts: list[tuple[str, str]]
    sort: str
    kept: list[tuple[str, str]]
    nearby: list[tuple[ProvinceName, int]]

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def is_narrowed(self) -> bool:
        return any(facet.chips for facet in self.facets)

    @property
    def last_narrowed(self) -> Facet:
        return [facet for facet in self.facets if facet.chips][-1]

    @property
    def chip_count(self) -> int:
        return sum(len(facet.chips) for facet in self.facets)

    @property
    def is_plain(self) -> bool:
        """Whether this is the list itself and not one of its countless filtered faces."""
        return not self.kept


def browse(request: HttpRequest, section: Section, *, left_out: tuple[str, ...] = ()) -> ListPage:
    """Read one page of a section as the address asks for it; raises Http404 for pages beyond the last."""
    today, shop = clock.today(), shop_of(request)
    chosen = read_chosen(request.GET, shop=shop)
    sort = read_sort(request, section)
    counts, ordered = _found(section, chosen, sort, today)
    # The facets have counted already.
    page = page_of(ordered, request, per_page=PER_PAGE, total=counts.total)
    producers = name_producers(ids=producers_to_offer(counts, chosen))
    return ListPage(
        page=page,
        cards=shelf_cards(page.object_list, today=today) if counts.total else [],
        facets=facets_of(counts, chosen, shop=shop, producers=producers, left_out=left_out),
        province_count=len([code for code in counts.provinces if code in (chosen.provinces or counts.provinces)]),
        sorts=[(each.value, label) for each, label in SORT_LABELS.items() if each != Sort.RELEVANCE or section.words],
        sort=sort.value,
        kept=[(name, value) for name, values in request.GET.lists() if name not in (PAGE, SORT) for value in values],
        nearby=[] if counts.total else _nearby(section, chosen, shop),
    )


def _found(section: Section, chosen: Chosen, sort: Sort, today: date) -> tuple[FacetCounts, ShelfRows]:
    index = shelf_index(today=today)
    return index.count(section, chosen), ShelfRows(index, section, chosen, sort)


def read_sort(request: HttpRequest, section: Section) -> Sort:
    """Return the order asked for, or the natural one of the section."""
    asked = request.GET.get(SORT)
    natural = Sort.RELEVANCE if section.words else Sort.NEWEST
    return Sort(asked) if asked in set(Sort) else natural


def page_of(rows: QuerySet | ShelfRows, request: HttpRequest, *, per_page: int, total: int | None = None) -> Page:
    """Return the page that `trang` names; raises Http404 beyond the last. `total` saves counting again."""
    paginator = Paginator(rows, per_page)
    if total is not None:
        paginator.count = total
    asked = request.GET.get(PAGE, "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= len(str(MOST_PAGES)) else 1
    if not 1 <= number <= paginator.num_pages:
        raise Http404
    return paginator.page(number)


def _nearby(section: Section, chosen: Chosen, shop: Shop) -> list[tuple[ProvinceName, int]]:
    """Nothing here: which provinces of the same region do have something."""
    codes = {*chosen.provinces, *([section.province_code] if section.province_code else [])}
    regions = {province.region for province in shop.provinces if province.code in codes}
    everywhere = Section(category=section.category, words=section.words)
    counts = _found(everywhere, Chosen(), Sort.NEWEST, clock.today())[0].provinces if regions else {}
    return [
        (province, counts[province.code])
        for province in shop.provinces
        if province.region in regions and counts.get(province.code)
    ]
