"""/tu-18-tuoi/: alcohol, for those who declared to be at least eighteen; everybody else is asked, and told of nothing.

These pages are made for each visit and kept by nobody, so no cache can show them to whom they are not for.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from catalogue_ext.search.searching import matching, read_words
from shop.access.declare import EVERYBODY, access
from shop.common import clock
from shop.domain.listings.queries import NoSuchProduct, adult_listings, display_product

from ..browsing import PER_PAGE, page_of
from ..cards import product_url, shelf_cards
from ..checkout.private_page import private_page
from ..declared_age import forget_declaration, has_declared, keep_declaration
from ..product import GONE, is_gone, page_context
from ..search import LONGEST_QUERY
from ..seo import head_of

View = Callable[..., HttpResponse]
SEE_OTHER = 303


def adults_only(view: View) -> View:
    """Show the question of age instead, the same one whatever was asked for, until it is answered."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if has_declared(request) else _ask(request)

    return access(roles=EVERYBODY, methods=("GET",))(private_page(asked))


@adults_only
def shelf(request: HttpRequest) -> HttpResponse:
    """What is on sale, or what of it has the words of `q`."""
    today = clock.today()
    typed = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    listings = adult_listings(today=today)
    words = read_words(typed)
    page = page_of(listings.filter(matching(words, prefix="product__")) if words else listings, request, per_page=PER_PAGE)
    context = {"page": page, "cards": shelf_cards(page.object_list, today=today), "query": typed}
    return render(request, "storefront/adults/shelf.html", context | _frame(request))


@adults_only
def product(request: HttpRequest, product_slug: str, pk: int) -> HttpResponse:
    """The page of one product; what stopped being alcohol has moved to where everybody sees it."""
    try:
        shown = display_product(product_id=pk, today=clock.today(), for_adults=True)
    except NoSuchProduct as missing:
        raise Http404 from missing
    if product_slug != shown.product.slug:
        return redirect(product_url(shown.product))
    # Nothing of it is for share previews and search engines, which declare nothing.
    context = page_context(request, shown) | {"related": (), "head": head_of(request, is_indexed=False)}
    return render(request, "storefront/product.html", context, status=GONE if is_gone(shown) else 200)


@access(roles=EVERYBODY, methods=("POST",), writes=("POST",))
@private_page
def declare(request: HttpRequest) -> HttpResponse:
    """The answer: yes leads to what was asked for, no leads home and is forgotten at once."""
    if request.POST.get("answer") != "yes":
        response = HttpResponseRedirect(reverse("storefront:home"), status=SEE_OTHER)
        forget_declaration(response)
        return response
    response = HttpResponseRedirect(_wanted(request), status=SEE_OTHER)
    keep_declaration(response)
    return response


def _ask(request: HttpRequest) -> HttpResponse:
    context = {"wanted": request.get_full_path(), **_frame(request)}
    return render(request, "storefront/adults/ask.html", context)


def _frame(request: HttpRequest) -> dict[str, Any]:
    # The head names this room and no product, whichever address was asked for.
    return {"title": _("Đồ uống có cồn, từ 18 tuổi"), "head": head_of(request, is_indexed=False)}


def _wanted(request: HttpRequest) -> str:
    """Where the visitor was going; only addresses of these pages and of the basket, never of another site."""
    wanted, room = request.POST.get("next", ""), reverse("storefront:adults")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours and wanted.startswith((room, reverse("basket:summary"))) else room
