"""Refunds in any steps: no đồng appears, none is lost, and the end is where it began."""

from decimal import Decimal
from itertools import pairwise
from random import Random

from shop.domain.ledger.dividing import Goods, Withholding, divide
from shop.domain.ledger.models import ParcelSplit
from shop.domain.ledger.reversing import Sides, sides_at

ORDERS = 10_000
HALF = Decimal("0.5")


def random_split(chance):
    """A parcel as it may be frozen: lines under several rules, discounts of both sides, any rates."""

    def percent(most):
        return Decimal(chance.randrange(most * 100 + 1)) / 100

    goods = [Goods(chance.randrange(1, 5_000_000), percent(50), number) for number in range(chance.randrange(1, 6))]
    total = sum(line.total_vnd for line in goods)
    shipping = chance.choice((0, chance.randrange(300_000)))
    of_producer = chance.choice((0, chance.randrange(total + 1)))
    return divide(
        goods=goods,
        shipping_vnd=shipping,
        producer_discount_vnd=of_producer,
        platform_discount_vnd=chance.choice((0, chance.randrange(total - of_producer + shipping + 1))),
        on_goods=Withholding(percent(5), percent(5)),
        on_shipping=Withholding(percent(5), percent(5)),
    )


def frozen(split):
    return ParcelSplit(
        goods_vnd=split.goods_vnd,
        shipping_vnd=split.shipping_vnd,
        producer_discount_vnd=split.producer_discount_vnd,
        platform_discount_vnd=split.platform_discount_vnd,
        commission_vnd=split.commission_vnd,
        vat_withheld_vnd=split.vat_withheld_vnd,
        income_tax_withheld_vnd=split.income_tax_withheld_vnd,
        producer_vnd=split.producer_vnd,
    )


def test_ten_thousand_orders_are_divided_to_the_dong():
    chance = Random(117)  # noqa: S311 -- for tests
    for _ in range(ORDERS):
        split = random_split(chance)

        assert split.total_vnd + split.platform_discount_vnd == split.producer_vnd + split.commission_vnd + split.tax_vnd
        assert sum(share.base_vnd for share in split.shares) == split.goods_vnd - split.producer_discount_vnd


def test_ten_thousand_refunds_in_random_steps_give_every_side_back_what_it_had():
    chance = Random(2025)  # noqa: S311 -- for tests
    for _ in range(ORDERS):
        split = frozen(random_split(chance))
        stops = sorted(chance.randrange(split.total_vnd + 1) for _ in range(chance.randrange(5)))
        given = Sides(0, 0, 0, 0)
        for start, end in pairwise([0, *stops, split.total_vnd]):
            earlier, later = sides_at(split, start), sides_at(split, end)
            step = Sides(*(getattr(later, name) - getattr(earlier, name) for name in vars(later)))
            assert step.producer_vnd + step.commission_vnd + step.tax_vnd - step.discount_vnd == end - start
            given = Sides(*(getattr(given, name) + getattr(step, name) for name in vars(step)))
            if split.total_vnd:
                assert abs(given.commission_vnd - Decimal(split.commission_vnd) * end / split.total_vnd) <= HALF

        if split.total_vnd:
            assert given == Sides(split.producer_vnd, split.commission_vnd, split.tax_vnd, split.platform_discount_vnd)
