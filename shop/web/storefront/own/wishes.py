"""/tai-khoan/yeu-thich/: the wish list, and its button on pages that are the same for everybody."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from catalogue_ext.models import Product
from shop.access.declare import EVERYBODY, PEOPLE, access
from shop.common import clock
from shop.domain.listings.purchasable import Refusal
from shop.domain.ordering.filling import BasketFull, NotForSale
from shop.domain.ordering.wish_moving import PackNotChosen, move_wish
from shop.domain.wishes.keeping import NotOnDisplay, TooManyWishes, displayed_product, drop_wish, keep_wish, kept_among
from shop.domain.wishes.reading import Wish, read_wish, wish_lines
from shop.oscar_forks.partner.models import StockRecord
from shop.web.storefront.cards import place_of, product_url
from shop.web.storefront.checkout.private_page import private_page
from shop.web.storefront.checkout.words import NOT_FOR_SALE

PER_PAGE = 20
NO_CONTENT = 204
MOST_CARDS = 60
ID_DIGITS = 18


@dataclass(frozen=True)
class ShownWish:
    """One product of the list in words."""

    wish: Wish
    product_id: int | None
    url: str
    photo: str
    place: str
    refusal: str
    can_wait: bool


@access(roles=PEOPLE)
@private_page
def wish_list(request: HttpRequest) -> HttpResponse:
    """Star, price and stock as they are now."""
    page = Paginator(wish_lines(user_id=request.user.pk), PER_PAGE).get_page(request.GET.get("trang"))
    wishes = [_show(line.product_id, read_wish(line, today=clock.today())) for line in page.object_list]
    return render(request, "account/wishes.html", {"wishes": wishes, "page": page})


@access(roles=PEOPLE, methods=("GET", "POST"), writes=("POST",))
@private_page
def keep(request: HttpRequest, product: int) -> HttpResponse:
    """Put a product on the list: at once from its page, or after one question where there are no scripts."""
    try:
        shown = displayed_product(product)
        if request.method != "POST":
            return render(request, "account/wish_keep.html", {"product": shown, "url": product_url(shown)})
        keep_wish(user_id=request.user.pk, product_id=product)
    except NotOnDisplay as error:
        raise Http404 from error
    except TooManyWishes:
        messages.error(request, _("Danh sách đã đủ 200 sản phẩm. Bỏ bớt rồi thêm tiếp."))
    return _answer(request, shown)


@access(roles=PEOPLE, methods=("POST",), writes=("POST",))
@private_page
def drop(request: HttpRequest, product: int) -> HttpResponse:
    """Take a product off the list."""
    shown = Product.objects.filter(pk=product).first()
    if shown is None:
        raise Http404
    drop_wish(user_id=request.user.pk, product_id=product)
    return _answer(request, shown)


@access(roles=PEOPLE, methods=("POST",), writes=("POST",))
@private_page
def to_basket(request: HttpRequest, product: int) -> HttpResponse:
    """Move a wish into the basket; what cannot be bought stays on the list and says why."""
    if not Product.objects.filter(pk=product).exists():
        raise Http404
    try:
        move_wish(user_id=request.user.pk, product_id=product, today=clock.today())
    except PackNotChosen:
        return redirect(product_url(Product.objects.get(pk=product)))
    except NotForSale as error:
        messages.error(request, NOT_FOR_SALE[error.refusal])
    except StockRecord.DoesNotExist:
        messages.error(request, NOT_FOR_SALE[Refusal.NOT_LIVE])
    except BasketFull:
        messages.error(request, _("Giỏ đã đủ 50 loại sản phẩm. Đặt đơn này trước, rồi mua tiếp."))
    else:
        messages.success(request, _("Đã chuyển vào giỏ hàng."))
    return redirect("storefront:wishes")


@access(roles=EVERYBODY, methods=("GET",))
@private_page
def hearts(request: HttpRequest) -> HttpResponse:
    """The buttons of the cards on a page (`sp` = ids), for whoever is logged in; nothing for anybody else."""
    ids = [int(text) for text in request.GET.get("sp", "").split(",") if _is_id(text)][:MOST_CARDS]
    if not request.user.is_authenticated or not ids:
        return HttpResponse(status=NO_CONTENT)
    kept = kept_among(user_id=request.user.pk, product_ids=ids)
    cards = [{"product_id": pk, "is_kept": pk in kept} for pk in ids]
    return render(request, "storefront/wish_hearts.html", {"cards": cards})


def _answer(request: HttpRequest, product: Product) -> HttpResponse:
    """The button again for a page with scripts; else back to where it was pressed."""
    if request.htmx:  # type: ignore[attr-defined]
        kept = kept_among(user_id=request.user.pk, product_ids=[product.pk])
        template = "storefront/wish_heart.html" if "tim" in request.GET else "storefront/wish_button.html"
        return render(request, template, {"product_id": product.pk, "is_kept": product.pk in kept})
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if is_ours else reverse("storefront:wishes"), status=303)


def _show(product_id: int | None, wish: Wish) -> ShownWish:
    product = wish.product
    lasting = {Refusal.NOT_LIVE, Refusal.SOLD_OUT, Refusal.CERTIFICATE_NOT_VALID, Refusal.PRODUCER_INACTIVE}
    values: dict[str, Any] = {"url": "", "photo": "", "place": ""}
    if product is not None:
        place = place_of(product.origin_commune, product.origin_province)
        values = {"url": product_url(product), "photo": wish.photo, "place": place}
    return ShownWish(
        wish=wish,
        product_id=product_id,
        refusal=str(NOT_FOR_SALE[wish.refusal]) if wish.refusal else "",
        can_wait=product is not None and wish.refusal in lasting,
        **values,
    )


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= ID_DIGITS
