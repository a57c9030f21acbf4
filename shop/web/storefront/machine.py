"""robots.txt and sitemap.xml: addresses without a language, for programs."""

from collections.abc import Iterable
from datetime import date
from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape

from catalogue_ext.models import Category
from shop.common import clock
from shop.common.places.models import Province
from shop.domain.certificates.models import Certificate
from shop.domain.listings.queries import shelf_listings
from shop.domain.pages.queries import titles_in_force
from shop.domain.producers.models import ProducerProfile

from .lists import category_url, is_for_adults
from .public_page import public_page
from .seo import absolute

OF_THE_REGISTRY = ("storefront:verify_entry", "storefront:open_data", "storefront:report", "storefront:contact")
LANGUAGES = (("vi", ""), ("en", "/en"))
OPENING = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
"""
# The protocol's own limit for one file is 50,000; each page is named once per language.
MOST_PAGES = 25_000
# Desks and accounts, what is on its way to an order, secret links, searches and fragments of pages.
PRIVATE = (
    "gio-hang",
    "thanh-toan",
    "don-hang",
    "tai-khoan",
    "ban-hang",
    "van-phong",
    "dashboard",
    "admin",
    "accounts",
    "tim",
    "vu-viec",
    "bao-co-hang",
    "ngung-nhan-tin",
    "tu-18-tuoi",
    "manh",
)


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
    pages = islice(_pages(), MOST_PAGES)
    lines = [_entry(path, day) for path, day in pages]
    return HttpResponse(f"{OPENING}{''.join(lines)}</urlset>\n", content_type="application/xml; charset=utf-8")


def _entry(path: str, day: date | None) -> str:
    """One page as its two addresses; English stands at the same path below /en/."""
    addresses = {language: escape(absolute(prefix + path)) for language, prefix in LANGUAGES}
    links = "".join(f'<xhtml:link rel="alternate" hreflang="{each}" href="{addresses[each]}"/>' for each in addresses)
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return "".join(f"<url><loc>{address}</loc>{changed}{links}</url>\n" for address in addresses.values())


def _pages() -> Iterable[tuple[str, date | None]]:
    today = clock.today()
    for name in ("storefront:home", "catalogue:index", "storefront:provinces", "storefront:registry", *OF_THE_REGISTRY):
        yield reverse(name), None
    for page, version in titles_in_force(now=clock.now()):
        begun = version.valid_from.astimezone(clock.SHOP_TIME_ZONE).date()
        yield reverse("storefront:information", kwargs={"slug": page.slug}), begun
    for category in _categories_for_everybody():
        yield category_url(category), None
    for slug in Province.objects.values_list("slug", flat=True):
        yield reverse("storefront:province", kwargs={"slug": slug}), None
    for pk, slug, changed in shelf_listings(today=today).values_list("product", "product__slug", "updated_at"):
        yield reverse("catalogue:detail", kwargs={"product_slug": slug, "pk": pk}), changed.date()
    for slug in ProducerProfile.objects.filter(is_sample=False).order_by("pk").values_list("slug", flat=True):
        yield reverse("storefront:producer", kwargs={"slug": slug}), None
    for code in Certificate.objects.filter(decision__is_sample=False).order_by("code").values_list("code", flat=True):
        yield reverse("storefront:verify", kwargs={"code": code}), None


def _categories_for_everybody() -> Iterable[Category]:
    categories = list(Category.objects.filter(is_public=True).order_by("path"))
    below: dict[str, list[Category]] = {}
    for category in categories:
        below.setdefault(category.path[: -Category.steplen], []).append(category)
    return (each for each in categories if not is_for_adults(each, below.get(each.path, [])))
