"""Addresses a page needs about itself: its assets, its filters, its other language, its pages."""

from collections.abc import Iterator

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.utils.http import urlencode

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
    query = _query_of(context) | {name: [] if value is None else [str(value)] for name, value in changes.items()}
    return _written(query)


@register.simple_tag(takes_context=True)
def query_without(context: Context, name: str, value: object = None) -> str:
    """Return this page's query without one value of a parameter, or without the parameter: for «Bỏ lọc» chips."""
    query = _query_of(context)
    left = [] if value is None else [other for other in query.get(name, []) if other != str(value)]
    return _written(query | {name: left})


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


def _query_of(context: Context) -> dict[str, list[str]]:
    return {name: values for name, values in context["request"].GET.lists() if name != PAGE_PARAMETER}


def _written(query: dict[str, list[str]]) -> str:
    return f"?{urlencode(query, doseq=True)}"
