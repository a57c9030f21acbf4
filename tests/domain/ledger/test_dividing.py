"""The arithmetic of a split: exact to the đồng, whatever comes."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shop.domain.ledger.dividing import Goods, TooMuchDiscount, Withholding, divide

HOUSEHOLD = Withholding(Decimal(1), Decimal("0.5"), rate_id=1)


def test_commission_is_of_goods_after_the_producer_s_discount_and_never_of_shipping():
    split = divide(
        goods=[Goods(185_000, Decimal(5))], shipping_vnd=32_000, producer_discount_vnd=15_000, platform_discount_vnd=7_000
    )

    assert split.commission_vnd == 8_500
    assert split.producer_vnd == 185_000 + 32_000 - 15_000 - 8_500
    assert split.total_vnd == 185_000 + 32_000 - 15_000 - 7_000


def test_each_tax_is_rounded_once_half_up():
    split = divide(goods=[Goods(50_050, Decimal(0))], shipping_vnd=0, on_goods=HOUSEHOLD)

    # 500.5 and 250.25
    assert (split.vat_withheld_vnd, split.income_tax_withheld_vnd) == (501, 250)


def test_shipping_is_taxed_at_its_own_rate_only():
    carried = Withholding(Decimal(3), Decimal("1.5"))
    split = divide(goods=[Goods(100_000, Decimal(0))], shipping_vnd=30_000, on_goods=HOUSEHOLD, on_shipping=carried)

    assert (split.vat_withheld_vnd, split.income_tax_withheld_vnd) == (1_000 + 900, 500 + 450)


def test_goods_of_different_rules_are_reckoned_apart_and_share_the_discount():
    split = divide(
        goods=[Goods(100_000, Decimal(10), 1), Goods(200_000, Decimal(5), 2), Goods(50_000, Decimal(10), 1)],
        shipping_vnd=0,
        producer_discount_vnd=100,
    )

    assert [(share.rule_id, share.base_vnd, share.commission_vnd) for share in split.shares] == [
        (1, 149_957, 14_996),
        (2, 199_943, 9_997),
    ]
    assert split.commission_percent is None


@pytest.mark.parametrize("discounts", [(100_001, 0), (0, 120_001), (60_000, 60_001)])
def test_nobody_is_paid_to_buy(discounts):
    producer, platform = discounts
    with pytest.raises(TooMuchDiscount):
        divide(
            goods=[Goods(100_000, Decimal(5))],
            shipping_vnd=20_000,
            producer_discount_vnd=producer,
            platform_discount_vnd=platform,
        )


@st.composite
def parcels(draw):
    """A parcel as an order may have it: lines under several rules, discounts of both sides, any rates."""
    percents = st.decimals(0, 50, places=2)
    goods = draw(st.lists(st.builds(Goods, st.integers(1, 90_000_000), percents, st.integers(1, 3)), min_size=1, max_size=6))
    total = sum(line.total_vnd for line in goods)
    shipping = draw(st.integers(0, 500_000))
    of_producer = draw(st.integers(0, total))
    taxes = st.builds(Withholding, st.decimals(0, 20, places=2), st.decimals(0, 20, places=2))
    return {
        "goods": goods,
        "shipping_vnd": shipping,
        "producer_discount_vnd": of_producer,
        "platform_discount_vnd": draw(st.integers(0, total - of_producer + shipping)),
        "on_goods": draw(taxes),
        "on_shipping": draw(taxes),
    }


@settings(max_examples=300, deadline=None)
@given(parcels())
def test_what_is_paid_is_what_is_divided(parcel):
    split = divide(**parcel)

    assert split.total_vnd + split.platform_discount_vnd == split.producer_vnd + split.commission_vnd + split.tax_vnd
    assert sum(share.base_vnd for share in split.shares) == split.goods_vnd - split.producer_discount_vnd
    for share in split.shares:
        assert abs(share.commission_vnd - share.base_vnd * share.percent / 100) <= Decimal("0.5")
