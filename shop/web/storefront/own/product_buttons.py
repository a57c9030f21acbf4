"""/manh/san-pham/<id>/: what a product's page shows only to whoever is logged in, fetched into the page all share."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shop.access.declare import EVERYBODY, access
from shop.domain.wishes.keeping import kept_among
from shop.domain.wishes.notices import is_waiting
from shop.web.storefront.checkout.private_page import private_page

NO_CONTENT = 204


@access(roles=EVERYBODY, methods=("GET",))
@private_page
def product_buttons(request: HttpRequest, product: int) -> HttpResponse:
    """The heart, and whether the person waits for the product (`cho` = the page or pack that is sold out)."""
    if not request.user.is_authenticated:
        return HttpResponse(status=NO_CONTENT)
    awaited = request.GET.get("cho", "")
    awaited_id = int(awaited) if awaited.isascii() and awaited.isdecimal() and len(awaited) < 19 else None  # noqa: PLR2004 -- bigint
    context = {
        "product_id": product,
        "is_kept": bool(kept_among(user_id=request.user.pk, product_ids=[product])),
        "awaited_id": awaited_id,
        "is_waiting": awaited_id is not None and is_waiting(user_id=request.user.pk, product_id=awaited_id),
    }
    return render(request, "storefront/product_buttons.html", context)
