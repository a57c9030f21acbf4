"""/san-pham/<slug>-<id>/: one product, for sale or saying why it is not."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue_ext.models import Product
from catalogue_ext.placeholder_art import group_of
from shop.common import clock
from shop.common.money import whole_vnd
from shop.common.templatetags.shop_format import in_language
from shop.domain.certificates.queries import stars_of_producer
from shop.domain.certificates.state import VALID_STATES, LiveState, live_state
from shop.domain.listings.models import Listing
from shop.domain.listings.purchasable import Refusal
from shop.domain.listings.queries import (
    NoSuchProduct,
    Pack,
    ProductOnDisplay,
    display_product,
    parent_of_pack,
)
from shop.domain.listings.shelf_index import related_to
from shop.domain.parcels.estimating import DeliveryEstimate, estimate_delivery

from .cards import place_of, product_url, shelf_cards
from .context import Shop, shop_of
from .public_page import public_page, render_for_all
from .seo import head_of
from .structured_data import breadcrumb_list, product_data

PACK = "quy-cach"
MOST_AT_ONCE = 999
GONE = 410
PER_LARGE_UNIT = 1000


@dataclass(frozen=True)
class UnitPrice:
    """The price of a kilogram or a litre, to compare packs and products by."""

    vnd: Decimal
    per: str


@public_page
def product(request: HttpRequest, product_slug: str, pk: int) -> HttpResponse:
    """The page of a product in any state; what was withdrawn for good is 410, what may come back is 200."""
    try:
        shown = display_product(product_id=pk, today=clock.today())
    except NoSuchProduct as missing:
        return _redirect_to_parent(pk, missing)
    if product_slug != shown.product.slug:
        query = request.GET.urlencode()
        return HttpResponsePermanentRedirect(product_url(shown.product) + (f"?{query}" if query else ""))
    status = GONE if is_gone(shown) else 200
    return render_for_all(request, "storefront/product.html", page_context(request, shown), status=status)


def is_gone(shown: ProductOnDisplay) -> bool:
    """Archived by its producer, or its star was taken away: search engines may forget it."""
    revoked = shown.certificate is not None and shown.certificate.state == LiveState.REVOKED
    return revoked or shown.listing.state == Listing.State.ARCHIVED


def _redirect_to_parent(pk: int, missing: NoSuchProduct) -> HttpResponse:
    parent = parent_of_pack(product_id=pk)
    if parent is None or parent.is_alcohol:
        raise Http404 from missing
    return HttpResponsePermanentRedirect(f"{product_url(parent)}?{PACK}={pk}")


def page_context(request: HttpRequest, shown: ProductOnDisplay) -> dict[str, object]:
    """Return what the page of a product is made of."""
    today = clock.today()
    listing, sold = shown.listing, shown.product
    chosen = chosen_pack(shown.packs, request.GET.get(PACK, ""))
    certificates = stars_of_producer(producer_id=listing.producer_id)
    related = shelf_cards(related_to(listing, today=today), today=today)
    crumbs = _crumbs(sold, shop_of(request))
    path = product_url(sold)
    description = _description(shown)
    return {
        "shown": shown,
        "product": sold,
        "pack": chosen,
        "kept_pack": chosen.product.pk if chosen and sold.is_parent else "",
        "unit_price": unit_price(chosen) if chosen else None,
        "quantity": read_quantity(request),
        "photo": shown.photo,
        "place": place_of(sold.origin_commune, sold.origin_province),
        "producer": listing.producer.profile,
        "history": _history(shown, certificates),
        "score": listing.certificate.score if listing.certificate else None,
        "valid_count": sum(live_state(each, today=today) in VALID_STATES for each in certificates),
        "deliveries": _deliveries(shown, chosen),
        "buy_url": reverse("basket:add", kwargs={"pk": chosen.product.pk}) if chosen and not shown.refusal else "",
        "refused": refusal_words(shown),
        "awaited_id": awaited_id(shown, chosen),
        "related": related,
        "crumbs": crumbs,
        "group": group_of(sold.criteria_set),
        "head": head_of(
            request,
            description=description,
            is_indexed=shown.refusal is None and not request.GET,
            image_url=shown.photo,
            kind="product",
            data=[
                product_data(shown, path=path, photo=shown.photo, description=description),
                breadcrumb_list([*crumbs, {"text": in_language(sold, "title"), "url": ""}], path),
            ],
        ),
    }


def awaited_id(shown: ProductOnDisplay, pack: Pack | None) -> int | None:
    """Return the product somebody may wait for: the page's while it is not for sale, the chosen pack while it is sold out."""
    if is_gone(shown) or (shown.refusal is None and pack is not None and not pack.is_sold_out):
        return None
    is_one_of_many = shown.refusal is None and any(not each.is_sold_out for each in shown.packs)
    return pack.product.pk if pack is not None and is_one_of_many else shown.product.pk


def chosen_pack(packs: list[Pack], asked: str) -> Pack | None:
    """Return the pack asked for, else the cheapest one there is some left of, else the cheapest."""
    for pack in packs:
        if str(pack.product.pk) == asked:
            return pack
    return next((pack for pack in packs if not pack.is_sold_out), packs[0] if packs else None)


def unit_price(pack: Pack) -> UnitPrice | None:
    """Return what a kilogram or a litre costs in this pack; nothing for what is counted in pieces."""
    content, unit = pack.product.net_content, pack.product.net_content_unit
    names = {Product.ContentUnit.GRAM: _("kg"), Product.ContentUnit.MILLILITRE: _("lít")}
    if not content or unit not in names:
        return None
    return UnitPrice(vnd=whole_vnd(Decimal(pack.price_vnd) * PER_LARGE_UNIT / content), per=names[unit])


def read_quantity(request: HttpRequest) -> int:
    """Without JavaScript plus and minus reload the page: `quantity` and `step` say what it shows next."""
    asked, step = request.GET.get("quantity", "1"), request.GET.get("step", "0")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= len(str(MOST_AT_ONCE)) else 1
    return min(max(number + {"1": 1, "-1": -1}.get(step, 0), 1), MOST_AT_ONCE)


def refusal_words(shown: ProductOnDisplay) -> str:
    """Say why this is not for sale."""
    if shown.refusal is None:
        return ""
    if shown.refusal == Refusal.CERTIFICATE_NOT_VALID and shown.certificate is not None:
        words = {
            LiveState.EXPIRED: _("Giấy chứng nhận OCOP của sản phẩm đã hết hiệu lực và chưa được công nhận lại."),
            LiveState.SUSPENDED: _("Giấy chứng nhận OCOP của sản phẩm đang bị tạm đình chỉ."),
            LiveState.REVOKED: _("Giấy chứng nhận OCOP của sản phẩm đã bị thu hồi."),
        }
        # At midnight the list may have been asked before, and the certificate after: it ended, whatever it says now.
        return words.get(shown.certificate.state, words[LiveState.EXPIRED])
    if shown.refusal == Refusal.PRODUCER_INACTIVE:
        return _("Chủ thể hiện không nhận đơn trên sàn.")
    return _("Chủ thể đã ngừng đăng bán sản phẩm này.")


def _history(shown: ProductOnDisplay, certificates: list) -> list:
    own = shown.listing.certificate
    if own is None:
        return []
    return [
        each
        for each in certificates
        if each.pk == own.pk or each.product_id == shown.product.pk or each.folded_name == own.folded_name
    ]


def _deliveries(shown: ProductOnDisplay, pack: Pack | None) -> tuple[DeliveryEstimate, ...]:
    if pack is None or shown.refusal:
        return ()
    return estimate_delivery(
        weight_grams=pack.product.weight_grams,
        prepares_within_hours=shown.listing.producer.profile.prepares_within_hours,
        today=clock.today(),
    )


def _crumbs(sold: Product, shop: Shop) -> list[dict[str, str]]:
    crumbs = [{"text": _("Trang chủ"), "url": reverse("storefront:home")}]
    group = next((each for each in shop.groups if each.code == group_of(sold.criteria_set)), None)
    if group is not None and sold.criteria_set:
        crumbs.append({"text": group.short_name, "url": group.url})
    if sold.origin_province is not None:
        url = reverse("storefront:province", kwargs={"slug": sold.origin_province.slug})
        crumbs.append({"text": sold.origin_province.local_name, "url": url})
    return crumbs


def _description(shown: ProductOnDisplay) -> str:
    own_words = " ".join(in_language(shown.product, "description").split())
    if own_words:
        return own_words[:300]
    stars = shown.certificate.stars if shown.certificate else 0
    return _("%(title)s của %(producer)s, sản phẩm OCOP %(stars)s sao.") % {
        "title": in_language(shown.product, "title"),
        "producer": shown.listing.producer.name,
        "stars": stars,
    }
