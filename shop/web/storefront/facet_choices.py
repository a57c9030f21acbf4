"""The ticks of a list page: read from the address, written as filters and as chips."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from shop.common.money import format_vnd
from shop.common.templatetags.shop_format import page_language
from shop.domain.listings.facets import FacetCounts
from shop.domain.listings.filtering import Chosen, PriceBand

from .context import Shop

MOST_PRODUCERS = 10
STARS = (5, 4, 3)
IN_STOCK = "1"
# Nine digits: no number of ours is longer, and none of them is too big for the database.
PRODUCER_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Choice:
    """One box to tick."""

    value: str
    label: str
    count: int
    checked: bool
    stars: int = 0


@dataclass(frozen=True)
class Facet:
    """One group of boxes; `name` is the parameter in the address."""

    name: str
    title: str
    choices: tuple[Choice, ...]

    @property
    def chips(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.checked]


def read_chosen(query: QueryDict, *, shop: Shop) -> Chosen:
    """Return the ticks in an address; what no page of ours would send is not a tick."""
    groups = {group.code for group in shop.groups}
    code_of = {province.slug: province.code for province in shop.provinces}
    return Chosen(
        groups=[code for code in query.getlist("nhom") if code in groups],
        provinces=[code_of[slug] for slug in query.getlist("tinh") if slug in code_of],
        stars=[stars for stars in STARS if str(stars) in query.getlist("sao")],
        producers=[int(number) for number in query.getlist("chu-the") if PRODUCER_NUMBER.fullmatch(number)],
        prices=[band.value for band in PriceBand if band.value in query.getlist("gia")],
        stocked=[True] if query.get("con-hang") == IN_STOCK else [],
    )


def facets_of(
    counts: FacetCounts, chosen: Chosen, *, shop: Shop, producers: list[tuple[int, str]], left_out: Iterable[str] = ()
) -> tuple[Facet, ...]:
    """Return the filters of a page; `left_out` are parameters it has no use for."""
    groups = ((group.code, group.code, group.short_name) for group in shop.groups)
    provinces = ((province.code, province.slug, province.local_name) for province in shop.provinces)
    named = ((number, str(number), name) for number, name in producers)
    facets = [
        Facet("sao", _("Hạng sao"), _star_choices(counts, chosen)),
        Facet("nhom", _("Nhóm sản phẩm"), _choices(groups, counts.groups, chosen.groups)),
        Facet("tinh", _("Tỉnh, thành phố"), _choices(provinces, counts.provinces, chosen.provinces)),
        Facet("chu-the", _("Chủ thể"), _choices(named, counts.producers, chosen.producers)),
        Facet("gia", _("Khoảng giá"), _choices(_price_bands(), counts.prices, chosen.prices)),
        Facet("con-hang", _("Khác"), _choices([(True, IN_STOCK, _("Còn hàng"))], counts.stocked, chosen.stocked)),
    ]
    return tuple(facet for facet in facets if facet.choices and facet.name not in left_out)


def producers_to_offer(counts: FacetCounts, chosen: Chosen) -> list[int]:
    """Return the producers with most to show, and those already ticked."""
    busiest = sorted(counts.producers, key=lambda number: (-counts.producers[number], number))
    return list(dict.fromkeys([*chosen.producers, *busiest[:MOST_PRODUCERS]]))


def _star_choices(counts: FacetCounts, chosen: Chosen) -> tuple[Choice, ...]:
    labelled = ((stars, str(stars), _("%(stars)s sao") % {"stars": stars}) for stars in STARS)
    return tuple(
        Choice(choice.value, choice.label, choice.count, choice.checked, stars=int(choice.value))
        for choice in _choices(labelled, counts.stars, chosen.stars)
    )


def _choices(labelled: Iterable[tuple], counts: dict, ticked: list) -> tuple[Choice, ...]:
    """A value nobody would find anything by is left out, unless it is ticked and must be untickable."""
    return tuple(
        Choice(value=value, label=label, count=counts.get(key, 0), checked=key in ticked)
        for key, value, label in labelled
        if counts.get(key) or key in ticked
    )


def _price_bands() -> Iterable[tuple[str, str, str]]:
    for band in PriceBand:
        yield band.value, band.value, _band_label(band)


def _band_label(band: PriceBand) -> str:
    language = page_language()
    least = format_vnd(band.least_vnd, language)
    if band.below_vnd is None:
        return _("Từ %(least)s") % {"least": least}
    below = format_vnd(band.below_vnd, language)
    if not band.least_vnd:
        return _("Dưới %(below)s") % {"below": below}
    return _("%(least)s đến dưới %(below)s") % {"least": least, "below": below}
