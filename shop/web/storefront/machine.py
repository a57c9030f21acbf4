"""robots.txt and sitemap.xml: addresses without a language, for programs."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from catalogue_ext.models import Category
from shop.common import clock
from shop.common.places.models import Province
from shop.domain.certificates.models import Certificate
from shop.domain.listings.queries import shelf_listings
from shop.domain.producers.models import ProducerProfile

from .lists import category_url
from .pages import TITLES
from .public_page import public_page
from .seo import absolute

LANGUAGES = ("vi", "en")
# The protocol's own limit for one file is 50,000; each page is named once per language.
MOST_PAGES = 25_000
PRIVATE = ("gio-hang", "thanh-toan", "don-hang", "tai-khoan", "ban-hang", "van-phong", "dashboard", "tim")


@public_page
def robots(_request: HttpRequest) -> HttpResponse:
    """Desks, baskets and searches are nothing to index."""
    lines = ["User-agent: *"]
    for prefix in ("/", "/en/"):
        lines += [f"Disallow: {prefix}{name}/" for name in PRIVATE]
    lines += ["", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public_page
def sitemap(_request: HttpRequest) -> HttpResponse:
    """Every page worth finding, in both languages."""
    pages = list(_pages())[:MOST_PAGES]
    entries = [
        {"address": absolute(paths[language]), "paths": [(name, absolute(path)) for name, path in paths.items()], "day": day}
        for paths, day in pages
        for language in LANGUAGES
    ]
    xml = render_to_string("storefront/sitemap.xml", {"entries": entries})
    return HttpResponse(xml, content_type="application/xml; charset=utf-8")


def _pages() -> Iterable[tuple[dict[str, str], date | None]]:
    today = clock.today()
    for name in ("storefront:home", "catalogue:index", "storefront:provinces", "storefront:registry"):
        yield _in_both(name), None
    for slug in TITLES:
        yield _in_both("storefront:information", slug=slug), None
    for category in Category.objects.filter(is_public=True).order_by("path"):
        yield {language: _category_path(category, language) for language in LANGUAGES}, None
    for slug in Province.objects.values_list("slug", flat=True):
        yield _in_both("storefront:province", slug=slug), None
    for pk, slug, changed in shelf_listings(today=today).values_list("product", "product__slug", "updated_at"):
        yield _in_both("catalogue:detail", product_slug=slug, pk=pk), changed.date()
    for slug in ProducerProfile.objects.filter(is_sample=False).order_by("pk").values_list("slug", flat=True):
        yield _in_both("storefront:producer", slug=slug), None
    for code in Certificate.objects.filter(decision__is_sample=False).order_by("code").values_list("code", flat=True):
        yield _in_both("storefront:verify", code=code), None


def _in_both(name: str, **parts: object) -> dict[str, str]:
    paths = {}
    for language in LANGUAGES:
        with override(language):
            paths[language] = reverse(name, kwargs=parts)
    return paths


def _category_path(category: Category, language: str) -> str:
    with override(language):
        return category_url(category)
