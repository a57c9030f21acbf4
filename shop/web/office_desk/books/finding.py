"""Which producer, category or product somebody typed."""

from catalogue_ext.models import Category, Product
from shop.common.vietnamese import fold
from shop.domain.producers.models import ProducerProfile

MOST_DIGITS = 18


class NothingFound(LookupError):
    """Nothing is called or numbered so."""


class AmbiguousName(LookupError):
    """More than one is called so."""


def find_producer(text: str) -> int:
    """The producer of this number, or of this name in any spelling."""
    if _is_number(text):
        return _only(ProducerProfile.objects.filter(pk=int(text)).values_list("pk", flat=True))
    return _only(ProducerProfile.objects.filter(folded_name=fold(text)).values_list("pk", flat=True)[:2])


def find_category(text: str) -> int:
    """The category of this number."""
    return _only(Category.objects.filter(pk=int(text) if _is_number(text) else 0).values_list("pk", flat=True))


def find_product(text: str) -> int:
    """The product of this UPC, or of this number."""
    by_upc = list(Product.objects.filter(upc=text).values_list("pk", flat=True))
    if by_upc or not _is_number(text):
        return _only(by_upc)
    return _only(Product.objects.filter(pk=int(text)).values_list("pk", flat=True))


def category_choices() -> list[tuple[str, str]]:
    """The official tree, deeper ones set in."""
    deeper = "– "
    return [(str(one.pk), f"{deeper * (one.depth - 1)}{one.name}") for one in Category.objects.order_by("path")]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


def _only(found) -> int:
    numbers = list(found)
    if not numbers:
        raise NothingFound
    if len(numbers) > 1:
        raise AmbiguousName
    return numbers[0]
