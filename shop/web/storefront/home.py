"""The home page: what is certified and on the shelf today, and how much of the registry still holds."""

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shop.common import clock
from shop.common.pieces import remembered
from shop.common.places.regions import HOME_REGION_OF, HomeRegion, Region
from shop.domain.certificates.queries import count_registry
from shop.domain.listings.facets import FacetCounts
from shop.domain.listings.filtering import Chosen, Section
from shop.domain.listings.shelf_index import shelf_index

from .cards import shelf_cards
from .context import ProvinceName, Shop, shop_of
from .public_page import public_page, render_for_all
from .seo import head_of
from .structured_data import organization, website

NEW = 8
FIVE_STARS = 4
PROVINCES_PER_REGION = 4
STARS = (5, 4, 3)


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """/: the shelf in counts, the newest certificates, the five-star ones."""
    today, shop = clock.today(), shop_of(request)
    shelf = shelf_index(today=today)
    counts = shelf.count(Section(), Chosen())
    head = head_of(request, description=_description(counts), data=[website(), organization(shop.operator)])
    return render_for_all(
        request,
        "storefront/home.html",
        {
            "head": head,
            "total": counts.total,
            "groups": [(group, counts.groups.get(group.code, 0)) for group in shop.groups],
            "stars": [(stars, counts.stars.get(stars, 0)) for stars in STARS],
            "regions": provinces_by_region(counts, shop, most=PROVINCES_PER_REGION),
            "newest": shelf_cards(shelf.newest(most=NEW), today=today),
            "five_stars": shelf_cards(shelf.newest(most=FIVE_STARS, stars=5), today=today),
            "five_star_total": counts.stars.get(5, 0),
            "registry": remembered(("registry", today), lambda: count_registry(today=today)),
        },
    )


@public_page
def provinces(request: HttpRequest) -> HttpResponse:
    """/tinh/: all 34 provinces and cities with what they have on the shelf."""
    shop = shop_of(request)
    counts = shelf_index(today=clock.today()).count(Section(), Chosen())
    head = head_of(request, description=_("Sản phẩm OCOP theo vùng và 34 tỉnh, thành phố."))
    regions = provinces_by_region(counts, shop, most=len(shop.provinces))
    return render_for_all(request, "storefront/provinces.html", {"head": head, "regions": regions})


def provinces_by_region(counts: FacetCounts, shop: Shop, *, most: int) -> list[tuple[HomeRegion, list[tuple[ProvinceName, int]]]]:
    """Return the columns of the home page, each with its fullest provinces first."""
    columns: dict[HomeRegion, list[tuple[ProvinceName, int]]] = defaultdict(list)
    for province in shop.provinces:
        columns[HOME_REGION_OF[Region(province.region)]].append((province, counts.provinces.get(province.code, 0)))
    return [(region, sorted(columns[region], key=lambda entry: (-entry[1], entry[0].slug))[:most]) for region in HomeRegion]


def _description(counts: FacetCounts) -> str:
    return _(
        "%(count)s đặc sản OCOP từ %(provinces)s tỉnh, thành: mỗi dấu sao dẫn tới giấy chứng nhận tra cứu được, "
        "mua thẳng từ hợp tác xã và cơ sở sản xuất."
    ) % {"count": counts.total, "provinces": len(counts.provinces)}
