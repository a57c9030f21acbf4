"""A page of information as it is read: its words in the visitor's language, its numbers, its contents."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from shop.common.small_markdown import RenderedText, render_text
from shop.common.templatetags.shop_format import page_language
from shop.domain.certificates.queries import count_registry, count_unproven, list_sources
from shop.domain.pages.models import OperatorRecord, PageText
from shop.domain.pages.operator import operator_data
from shop.domain.pages.placeholders import BLOCKS, written_values
from shop.domain.parcels.estimating import estimate_delivery

VIETNAMESE = "vi"
# A shorter page is seen whole: its contents would only be in the way.
LEAST_HEADINGS = 3
# With its packaging this is half a kilogram, the first step of the tariff.
GOODS_OF_HALF_A_KILOGRAM = 450
USUAL_HOURS = 24


@dataclass(frozen=True)
class ShownText:
    """Words of a page; `language` differs from the page's where nobody has translated them."""

    title: str
    text: RenderedText
    language: str
    is_translated: bool

    @property
    def contents(self) -> list[Any]:
        return self.text.headings if len(self.text.headings) >= LEAST_HEADINGS else []

    @property
    def blocks(self) -> set[str]:
        return {part.block for part in self.text.parts if part.block}


def show_text(source: PageText, *, numbers: dict[str, int], operator: OperatorRecord | None) -> ShownText:
    """Return a version or a draft in the language of the page, else in Vietnamese."""
    is_translated = page_language() == VIETNAMESE or source.is_in_english
    language = page_language() if is_translated else VIETNAMESE
    title, body = (source.title, source.body) if language == VIETNAMESE else (source.title_en, source.body_en)
    with override(language):
        values = written_values(numbers=numbers, operator=operator, language=language)
    return ShownText(title, render_text(body, values=values, blocks=BLOCKS), language, is_translated)


def block_context(shown: ShownText, *, operator: OperatorRecord | None, today: Any) -> dict[str, Any]:
    """Return what the blocks of a text draw; nothing is asked for that is not on the page."""
    context: dict[str, Any] = {}
    if "operator_details" in shown.blocks:
        context["operator"] = operator_data(operator)
    if "delivery_table" in shown.blocks:
        context["deliveries"] = estimate_delivery(
            weight_grams=GOODS_OF_HALF_A_KILOGRAM, prepares_within_hours=USUAL_HOURS, today=today
        )
    if "registry_numbers" in shown.blocks:
        context |= {
            "totals": count_registry(today=today),
            "unproven_total": count_unproven(),
            "sources": list_sources(),
        }
    return context
