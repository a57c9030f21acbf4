"""/tim/: search in any spelling, with the filters of every other list."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalogue_ext.search.searching import TypedWords, read_words
from catalogue_ext.search.speller import correct_words
from shop.common import clock
from shop.domain.listings.filtering import Chosen, Section
from shop.domain.listings.queries import shelf_listings
from shop.domain.listings.shelf_index import shelf_index

from .browsing import browse
from .public_page import public_page, render_for_all
from .seo import head_of

LONGEST_QUERY = 100


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Results for `q`; where there are none, those for what was probably meant."""
    typed = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST_QUERY]
    words = read_words(typed)
    meant = _meant(words) if words else None
    page = browse(request, Section(words=meant or words or None))
    title = _("Kết quả cho “%(query)s”") % {"query": typed} if words else _("Tất cả sản phẩm")
    return render_for_all(
        request,
        "storefront/list.html",
        {
            "list": page,
            "title": title,
            "query": typed,
            "meant": " ".join(meant.exact) if meant else "",
            "province": next(iter(request.GET.getlist("tinh")), ""),
            "head": head_of(request, is_indexed=False),
        },
    )


def _meant(words: TypedWords) -> TypedWords | None:
    """Nothing on the whole shelf has these words: then, and only then, look for a slip of the finger."""
    today = clock.today()
    if shelf_index(today=today).count(Section(words=words), Chosen()).total:
        return None
    return correct_words(words, found_in=shelf_listings(today=today), prefix="product__")
