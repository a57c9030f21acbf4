"""Parcels of a preview as the templates print them: words, places, dates and drawings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue_ext.models import Product
from shop.common.dates import format_day
from shop.common.templatetags.shop_format import in_language
from shop.domain.ordering.basket_reading import BasketLine, LineProblem
from shop.domain.ordering.previewing import OrderPreview, ParcelPreview
from shop.domain.parcels.rates import ShippingQuote, cheapest_charge
from shop.domain.producers.models import ProducerProfile

from .tongues import marked_name
from .words import SERVICE_NAMES, problem_words

FEW_LEFT = 15


@dataclass(frozen=True)
class ShownLine:
    """One line of the basket in words."""

    line: BasketLine
    title: str
    title_html: SafeString
    url: str
    photo: str
    facts: str
    problem: str
    is_star_true: bool

    @property
    def art_product(self) -> Product:
        return self.line.listing.product

    @property
    def can_change_quantity(self) -> bool:
        return self.line.can_be_kept

    @property
    def few_left(self) -> int | None:
        return self.line.free if self.line.problem is None and self.line.free < FEW_LEFT else None


@dataclass(frozen=True)
class ShownQuote:
    """One shipping choice in words."""

    code: str
    title: str
    charge_vnd: int
    is_chosen: bool


@dataclass(frozen=True)
class ShownParcel:
    """One producer's parcel in words."""

    parcel: ParcelPreview
    position: int
    producer_name: SafeString
    place: str
    prepares_days: int
    lines: list[ShownLine]
    quotes: list[ShownQuote]
    least_shipping_vnd: int

    @property
    def field_name(self) -> str:
        return f"shipping_{self.parcel.producer.pk}"


def show_parcels(preview: OrderPreview) -> list[ShownParcel]:
    """Return the parcels of a preview, numbered as they will be."""
    return [_show_parcel(position, parcel) for position, parcel in enumerate(preview.parcels, start=1)]


def days_between(first: date, last: date) -> str:
    """Write a delivery window: 27/11–29/11/2026, in English 27 Nov 2026 – 29 Nov 2026; one day when they are one."""
    language = get_language() or "vi"
    if first == last:
        return format_day(first, language)
    if language.startswith("vi"):
        return f"{first:%d/%m}–{format_day(last, language)}"
    return f"{format_day(first, language)} – {format_day(last, language)}"


def producer_name(profile: ProducerProfile) -> SafeString:
    """Return the producer's name for the page."""
    return marked_name(profile.producer.name, profile.name_en)


def _show_parcel(position: int, parcel: ParcelPreview) -> ShownParcel:
    profile = parcel.producer.profile
    names = [profile.commune.name if profile.commune else "", profile.province.local_name if profile.province else ""]
    return ShownParcel(
        parcel=parcel,
        position=position,
        producer_name=producer_name(profile),
        place=", ".join(name for name in names if name),
        prepares_days=-(-profile.prepares_within_hours // 24),
        lines=[_show_line(line) for line in parcel.lines],
        quotes=[_show_quote(quote, parcel.chosen) for quote in parcel.quotes],
        least_shipping_vnd=cheapest_charge(weight_grams=parcel.weight_grams),
    )


def _show_line(line: BasketLine) -> ShownLine:
    product, page = line.stock_record.product, line.listing.product
    path = page.get_absolute_url()
    is_star_true = line.problem not in {LineProblem.CERTIFICATE_NOT_VALID, LineProblem.NOT_LIVE, LineProblem.ALCOHOL}
    return ShownLine(
        line=line,
        title=in_language(product, "title") or in_language(page, "title"),
        title_html=marked_name(line.title, product.title_en or page.title_en),
        url=path if product.pk == page.pk else f"{path}?quy-cach={product.pk}",
        photo=line.photo,
        facts=" · ".join(_facts(line, is_star_true=is_star_true)),
        problem=problem_words(line),
        is_star_true=is_star_true,
    )


def _facts(line: BasketLine, *, is_star_true: bool) -> Iterable[str]:
    certificate = line.listing.certificate
    if is_star_true and certificate is not None:
        words = {"stars": certificate.stars, "year": certificate.issued_on.year}
        yield _("%(stars)d sao OCOP %(year)d") % words
        if certificate.decision.is_sample:
            yield _("mẫu")
    if line.listing.product.is_alcohol:
        yield _("từ 18 tuổi")
    unit = in_language(line.stock_record.product, "unit")
    if unit:
        yield unit


def _show_quote(quote: ShippingQuote, chosen: ShippingQuote | None) -> ShownQuote:
    words = {"service": SERVICE_NAMES[quote.service], "days": days_between(quote.deliver_from, quote.deliver_until)}
    return ShownQuote(
        code=quote.service,
        title=_("%(service)s, nhận %(days)s") % words,
        charge_vnd=quote.charge_vnd,
        is_chosen=quote == chosen,
    )
