"""Values as people of the page's language read them, and the small drawings of the sprite."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django import template
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from shop.common.assets import asset_url
from shop.common.dates import format_day, format_moment
from shop.common.money import format_thousands, format_vnd
from shop.common.phone import format_phone

register = template.Library()

SPRITE = "img/sprite.svg"


@register.filter
def vnd(amount: Decimal | int | None) -> str:
    """185.000 ₫, in English 185,000 ₫; nothing for None."""
    return "" if amount is None else format_vnd(amount, page_language())


@register.filter
def thousands(number: Decimal | int | None) -> str:
    """1.842, in English 1,842; nothing for None."""
    return "" if number is None else format_thousands(number, page_language())


@register.filter
def day(value: date | None) -> str:
    """14/08/2028, in English 14 Aug 2028; nothing for None."""
    return "" if value is None else format_day(value, page_language())


@register.filter
def moment(value: datetime | None) -> str:
    """09:05 14/08/2028 in the shop's zone, in English 14 Aug 2028, 09:05; nothing for None."""
    return "" if value is None else format_moment(value, page_language())


@register.filter
def score(value: Decimal | float | None) -> str:
    """92,4, in English 92.4; whole points carry no fraction."""
    if value is None:
        return ""
    written = f"{Decimal(str(value)):.1f}".removesuffix(".0")
    return written if page_language() == "en" else written.replace(".", ",")


@register.filter
def percent(value: Decimal | int | None) -> str:
    """2,5%, in English 2.5%; without idle noughts. Nothing for None."""
    if value is None:
        return ""
    written = f"{Decimal(value):.2f}".rstrip("0").removesuffix(".")
    return f"{written if page_language() == 'en' else written.replace('.', ',')}%"


@register.filter
def phone(number: str) -> str:
    """0912 345 678, as people here write what is stored as +84912345678; nothing for nothing."""
    return format_phone(number) if number else ""


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """One drawing of the sprite, for the eye only: the words beside it carry the meaning."""
    return _drawing(asset_url(SPRITE), name, classes)


@lru_cache(maxsize=512)
def _drawing(sprite: str, name: str, classes: str) -> SafeString:
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>', f"i {classes}".strip(), sprite, name)


@register.simple_tag
def stars(count: int) -> SafeString:
    """Earned stars solid, missing ones outlined; the caller says the number in words."""
    return format_html(
        '<svg class="stars" viewBox="0 0 60 12" aria-hidden="true"><use href="{}#st-{}"/></svg>',
        asset_url(SPRITE),
        count,
    )


@register.simple_tag
def bar(share: float, classes: str = "bar", label: str = "") -> SafeString:
    """A horizontal bar filled to `share` percent; an image with a sentence when `label` is given."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="{}" viewBox="0 0 100 1" preserveAspectRatio="none" {}><rect width="{}" height="1"/></svg>',
        classes,
        spoken,
        f"{min(max(float(share), 0.0), 100.0):g}",
    )


@register.filter
def in_language(thing: Model, field: str) -> str:
    """The text of `field` (or its `_en` column) for attributes and titles, Vietnamese where there is no English."""
    english = getattr(thing, f"{field}_en", "") if page_language() == "en" else ""
    return english or getattr(thing, field)


@register.simple_tag
def localized(thing: Model, field: str) -> SafeString | str:
    """Like `in_language`, for text on the page: what is not translated is marked as Vietnamese."""
    if page_language() != "en":
        return getattr(thing, field)
    english = getattr(thing, f"{field}_en", "")
    return english or format_html('<span lang="vi">{}</span>', getattr(thing, field))


def page_language() -> str:
    """The language of the page being written: vi or en."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"
