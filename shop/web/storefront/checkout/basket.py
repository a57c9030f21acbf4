"""/gio-hang/: what the buyer chose, by producer; every button is a form and works without scripts."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue_ext.models import Product
from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.domain.ordering.basket_reading import MOST_UNITS_PER_LINE
from shop.domain.ordering.filling import (
    Added,
    BasketAlreadyOrdered,
    BasketFull,
    LineGone,
    NotForSale,
    add_to_basket,
    change_quantity,
    count_units,
    remove_line,
)
from shop.domain.ordering.previewing import preview_order
from shop.oscar_forks.basket.models import Basket
from shop.oscar_forks.partner.models import StockRecord

from ..declared_age import has_declared
from .presenting import show_parcels
from .private_page import private_page
from .same_origin import same_origin_only
from .toast import basket_toast

SEE_OTHER = 303


@access(roles=EVERYBODY, methods=("GET",))
@private_page
def summary(request: HttpRequest) -> HttpResponse:
    """The basket, judged as of now: what cannot be ordered is flagged, never dropped."""
    preview = preview_order(basket_id=request.basket.pk, today=clock.today(), is_adult=has_declared(request))
    context = {
        "preview": preview,
        "parcels": show_parcels(preview),
        "toast": basket_toast(request.GET),
        "most_units": MOST_UNITS_PER_LINE,
    }
    return render(request, "storefront/checkout/basket.html", context)


@access(roles=EVERYBODY, methods=("POST",), writes=("POST",))
@same_origin_only
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a product into the basket; from the product page (`quantity`, `step`) or the undo of a removal."""
    if request.POST.get("step") in {"1", "-1"}:
        return _back_to_product(request, pk)
    try:
        added = _add(request, pk)
    except StockRecord.DoesNotExist as error:
        raise Http404 from error
    except NotForSale as error:
        return _to_basket({"loi": error.refusal.value})
    except BasketFull:
        return _to_basket({"loi": "full"})
    request.basket = Basket(pk=added.basket_id)
    return _to_basket({"them": added.stock_record.pk, "so": _read_quantity(request)})


@access(roles=EVERYBODY, methods=("POST",), writes=("POST",), owner="basket")
def change(request: HttpRequest, line: int) -> HttpResponse:
    """Set a line's quantity (`quantity`, `step`) or take it out (`remove`, or a quantity of zero)."""
    basket_id = request.basket.pk
    if basket_id is None:
        return _to_basket({})
    try:
        quantity = _read_quantity(request, least=0)
        if "remove" in request.POST or quantity == 0:
            removed = remove_line(basket_id=basket_id, line_id=line)
            return _to_basket({"bo": removed.stockrecord_id, "so": removed.quantity})
        change_quantity(basket_id=basket_id, line_id=line, quantity=quantity)
    except (LineGone, BasketAlreadyOrdered):
        return _to_basket({"loi": "gone"})
    return _to_basket({})


@access(roles=EVERYBODY, methods=("GET",))
@private_page
def basket_count(request: HttpRequest) -> HttpResponse:
    """The personal part of the header, fetched by pages that are the same for everybody."""
    name = request.user.get_short_name() or _("Tài khoản") if request.user.is_authenticated else ""
    context = {"basket_count": count_units(basket_id=request.basket.pk), "name": name}
    return render(request, "components/personal_links.html", context)


def _add(request: HttpRequest, pk: int) -> Added:
    owner_id = request.user.pk if request.user.is_authenticated else None
    wanted = {
        "owner_id": owner_id,
        "product_id": pk,
        "quantity": _read_quantity(request),
        "today": clock.today(),
        "is_adult": has_declared(request),
    }
    try:
        return add_to_basket(basket_id=request.basket.pk, **wanted)
    except BasketAlreadyOrdered:
        # Ordered in another tab a moment ago: this is the first thing of the next basket.
        return add_to_basket(basket_id=None, **wanted)


def _read_quantity(request: HttpRequest, *, least: int = 1) -> int:
    """A whole number within bounds, whatever was typed; plus and minus count from it."""
    text = request.POST.get("quantity", "").strip()
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(MOST_UNITS_PER_LINE)) + 3
    step = {"1": 1, "-1": -1}.get(request.POST.get("step", ""), 0)
    return min(max((int(text) if is_number else 1) + step, least), MOST_UNITS_PER_LINE)


def _back_to_product(request: HttpRequest, pk: int) -> HttpResponse:
    product = Product.objects.select_related("parent").filter(pk=pk).first()
    if product is None:
        raise Http404
    page = product.parent or product
    return redirect(f"{page.get_absolute_url()}?{urlencode({'quantity': _read_quantity(request)})}")


def _to_basket(query: dict[str, object]) -> HttpResponse:
    path = reverse("basket:summary")
    return HttpResponseRedirect(f"{path}?{urlencode(query)}" if query else path, status=SEE_OTHER)
