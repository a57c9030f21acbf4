"""The arithmetic of a split, without a database: whole đồng in, whole đồng out, every sum exact."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shop.common.money import split_by_largest_remainder, whole_vnd


@dataclass(frozen=True)
class Goods:
    """One line: its total with VAT and the percent that falls on it; `rule_id` says by which rule."""

    total_vnd: int
    percent: Decimal
    rule_id: int | None = None


@dataclass(frozen=True)
class Withholding:
    """Percents of VAT and income tax withheld from a seller, by the row that says so; by default nothing."""

    vat_percent: Decimal = Decimal(0)
    income_tax_percent: Decimal = Decimal(0)
    rate_id: int | None = None


@dataclass(frozen=True)
class Share:
    """The goods under one rule and what it takes of them."""

    rule_id: int | None
    percent: Decimal
    base_vnd: int
    commission_vnd: int


@dataclass(frozen=True)
class Split:
    """Who gets what of a parcel."""

    goods_vnd: int
    shipping_vnd: int
    producer_discount_vnd: int
    platform_discount_vnd: int
    shares: tuple[Share, ...]
    vat_withheld_vnd: int
    income_tax_withheld_vnd: int

    @property
    def commission_vnd(self) -> int:
        return sum(share.commission_vnd for share in self.shares)

    @property
    def commission_percent(self) -> Decimal | None:
        """The percent that falls on all of the goods; None where lines have different ones."""
        return self.shares[0].percent if len(self.shares) == 1 else None

    @property
    def tax_vnd(self) -> int:
        return self.vat_withheld_vnd + self.income_tax_withheld_vnd

    @property
    def producer_vnd(self) -> int:
        """What the producer gets in the end."""
        paid = self.goods_vnd + self.shipping_vnd - self.producer_discount_vnd
        return paid - self.commission_vnd - self.tax_vnd

    @property
    def total_vnd(self) -> int:
        """What the buyer pays."""
        return self.goods_vnd + self.shipping_vnd - self.producer_discount_vnd - self.platform_discount_vnd


class TooMuchDiscount(ValueError):
    """A producer gives away no more than its goods, and nobody pays a buyer to buy."""


def divide(
    *,
    goods: Sequence[Goods],
    shipping_vnd: int,
    producer_discount_vnd: int = 0,
    platform_discount_vnd: int = 0,
    on_goods: Withholding | None = None,
    on_shipping: Withholding | None = None,
) -> Split:
    """Divide what is paid for a parcel.

    Commission is a percent of goods less the producer's own discount, never of shipping; lines share that discount by
    their totals. Each commission and each tax is rounded once, half up, and the producer gets what is left.
    """
    goods_vnd = sum(line.total_vnd for line in goods)
    if producer_discount_vnd > goods_vnd or producer_discount_vnd + platform_discount_vnd > goods_vnd + shipping_vnd:
        raise TooMuchDiscount(producer_discount_vnd, platform_discount_vnd)
    base_vnd = goods_vnd - producer_discount_vnd
    sold, carried = on_goods or Withholding(), on_shipping or Withholding()
    return Split(
        goods_vnd=goods_vnd,
        shipping_vnd=shipping_vnd,
        producer_discount_vnd=producer_discount_vnd,
        platform_discount_vnd=platform_discount_vnd,
        shares=_share_commission(goods, producer_discount_vnd),
        vat_withheld_vnd=_percent_of(base_vnd, sold.vat_percent) + _percent_of(shipping_vnd, carried.vat_percent),
        income_tax_withheld_vnd=_percent_of(base_vnd, sold.income_tax_percent)
        + _percent_of(shipping_vnd, carried.income_tax_percent),
    )


def _share_commission(goods: Sequence[Goods], discount_vnd: int) -> tuple[Share, ...]:
    discounts = split_by_largest_remainder(discount_vnd, [line.total_vnd for line in goods])
    bases: dict[tuple[int | None, Decimal], int] = {}
    for line, discount in zip(goods, discounts, strict=True):
        rule = (line.rule_id, line.percent)
        bases[rule] = bases.get(rule, 0) + line.total_vnd - int(discount)
    return tuple(Share(rule_id, percent, base, _percent_of(base, percent)) for (rule_id, percent), base in bases.items())


def _percent_of(amount_vnd: int, percent: Decimal) -> int:
    return int(whole_vnd(amount_vnd * percent / 100))
