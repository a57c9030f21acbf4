"""Addresses a page needs about itself: its assets, its filters, its other language, its pages."""

from collections.abc import Iterator

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context

from shop.common.assets import asset_url
from shop.common.qr import qr_svg

register = template.Library()

ENGLISH_PREFIX = "/en"
PAGE_PARAMETER = "trang"

register.simple_tag(asset_url, name="asset")
register.simple_tag(qr_svg, name="qr_code")


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: object) -> str:
    """Return this page's query with parameters set, or dropped when None; any change goes back to page one."""
    query = _query_of(context)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return _written(query)


@register.simple_tag(takes_context=True)
def query_without(context: Context, name: str, value: object = None) -> str:
    """Return this page's query without one value of a parameter, or without the parameter: for «Bỏ lọc» chips."""
    query = _query_of(context)
    kept = [] if value is None else [other for other in query.getlist(name) if other != str(value)]
    query.setlist(name, kept)
    return _written(query)


@register.simple_tag(takes_context=True)
def switch_language_url(context: Context) -> str:
    """The same page in the other language; the language is in the path and nowhere else."""
    path = context["request"].get_full_path()
    if path == ENGLISH_PREFIX or path.startswith((f"{ENGLISH_PREFIX}/", f"{ENGLISH_PREFIX}?")):
        return path.removeprefix(ENGLISH_PREFIX) or "/"
    return f"{ENGLISH_PREFIX}{path}"


@register.simple_tag
def page_numbers(page: Page) -> Iterator[int | str]:
    """1 … 4 5 6 … 53: numbers to link and the ellipsis between them."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


def _query_of(context: Context) -> QueryDict:
    query = context["request"].GET.copy()
    query.pop(PAGE_PARAMETER, None)
    return query


def _written(query: QueryDict) -> str:
    return f"?{query.urlencode()}" if any(query.lists()) and query.urlencode() else "?"
