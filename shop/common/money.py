"""Whole đồng: rounding, splitting and writing. VND has no smaller unit, so an amount never carries a fraction."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import lcm

NO_BREAK_SPACE = "\u00a0"
DONG = Decimal(1)


class NothingToSplitBy(ValueError):
    """An amount cannot be shared out when no share has any weight."""


def whole_vnd(amount: Decimal | int) -> Decimal:
    """Round to whole đồng, half away from zero, as invoices do."""
    return Decimal(amount).quantize(DONG, rounding=ROUND_HALF_UP)


def split_by_largest_remainder(total_vnd: Decimal | int, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Share a whole amount out by weight so that the parts sum to it exactly, in whole đồng.

    Every part is at most one đồng from its exact share; of equal remainders the earlier one gets the đồng, so the
    same question always has the same answer. A negative amount (a discount) splits like its mirror image.
    """
    total = int(total_vnd)
    if total != total_vnd:
        msg = f"not whole đồng: {total_vnd}"
        raise ValueError(msg)
    if any(weight < 0 for weight in weights):
        msg = "a weight is never negative"
        raise ValueError(msg)
    exact_weights = [Decimal(weight).as_integer_ratio() for weight in weights]
    scale = lcm(*(denominator for _, denominator in exact_weights))
    whole_weights = [numerator * (scale // denominator) for numerator, denominator in exact_weights]
    return [Decimal(part) for part in _split_whole(total, whole_weights)]


def tax_included(amount: Decimal | int, percent: Decimal | int) -> Decimal:
    """Return the tax inside a tax-inclusive amount, in whole đồng: 8 % inside 108,000 is 8,000."""
    rate = Decimal(percent)
    return whole_vnd(Decimal(amount) * rate / (100 + rate))


def format_vnd(amount: Decimal | int, language: str) -> str:
    """Write an amount with its sign and no line break inside: 185.000 ₫, in English 185,000 ₫."""
    return f"{format_thousands(whole_vnd(amount), language)}{NO_BREAK_SPACE}₫"


def format_thousands(number: Decimal | int, language: str) -> str:
    """Write a whole number in groups of three: 1.842, in English 1,842."""
    grouped = f"{int(number):,}"
    return grouped if language.startswith("en") else grouped.replace(",", ".")


def _split_whole(total: int, weights: list[int]) -> list[int]:
    if total == 0:
        return [0] * len(weights)
    whole = sum(weights)
    if whole == 0:
        raise NothingToSplitBy(total)
    sign = 1 if total > 0 else -1
    floors_and_remainders = [divmod(abs(total) * weight, whole) for weight in weights]
    parts = [floor for floor, _ in floors_and_remainders]
    left_over = abs(total) - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda index: -floors_and_remainders[index][1])
    for index in by_remainder[:left_over]:
        parts[index] += 1
    return [sign * part for part in parts]
