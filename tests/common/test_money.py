from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.common.money import (
    NothingToSplitBy,
    format_thousands,
    format_vnd,
    split_by_largest_remainder,
    tax_included,
    whole_vnd,
)

totals = st.integers(-(10**12), 10**12)
weight_lists = st.lists(
    st.integers(0, 10**9) | st.decimals(0, 10**6, allow_nan=False, allow_infinity=False, places=3),
    min_size=1,
    max_size=30,
).filter(any)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.49", 2), ("-2.5", -3), ("185000", 185000)],
)
def test_whole_vnd_rounds_half_away_from_zero(amount, rounded):
    assert whole_vnd(Decimal(amount)) == Decimal(rounded)


def test_whole_vnd_has_no_fraction_left():
    assert whole_vnd(Decimal("185000.00")).as_tuple().exponent == 0


@given(total=totals, weights=weight_lists)
def test_the_parts_of_a_split_sum_to_the_total(total, weights):
    assert sum(split_by_largest_remainder(total, weights)) == total


@given(total=totals, weights=weight_lists)
def test_no_part_of_a_split_is_a_dong_away_from_its_exact_share(total, weights):
    whole = sum(Decimal(weight) for weight in weights)

    for part, weight in zip(split_by_largest_remainder(total, weights), weights, strict=True):
        assert abs(part * whole - total * Decimal(weight)) < whole


@given(total=totals, weights=weight_lists)
def test_a_discount_splits_like_the_amount_it_takes_off(total, weights):
    taken_off = split_by_largest_remainder(-total, weights)

    assert [-part for part in taken_off] == split_by_largest_remainder(total, weights)


def test_of_equal_remainders_the_earlier_part_gets_the_dong():
    assert split_by_largest_remainder(100, [1, 1, 1]) == [34, 33, 33]


def test_a_part_without_weight_gets_nothing():
    assert split_by_largest_remainder(30_000, [150_000, 0, 50_000]) == [22_500, 0, 7_500]


def test_nothing_splits_into_nothing_even_without_weights():
    assert split_by_largest_remainder(0, [0, 0]) == [0, 0]
    assert split_by_largest_remainder(0, []) == []


@pytest.mark.parametrize("weights", [[], [0], [0, 0]])
def test_an_amount_without_weights_is_refused(weights):
    with pytest.raises(NothingToSplitBy):
        split_by_largest_remainder(1_000, weights)


def test_a_fraction_of_a_dong_and_a_negative_weight_are_refused():
    with pytest.raises(ValueError, match="whole đồng"):
        split_by_largest_remainder(Decimal("0.5"), [1])
    with pytest.raises(ValueError, match="never negative"):
        split_by_largest_remainder(10, [2, -1])


@pytest.mark.parametrize(
    ("amount", "percent", "tax"),
    [(108_000, 8, 8_000), (185_000, 8, 13_704), (110_000, 10, 10_000), (99_000, 5, 4_714), (50_000, 0, 0)],
)
def test_tax_included_is_extracted_from_the_price(amount, percent, tax):
    assert tax_included(Decimal(amount), percent) == Decimal(tax)


@given(net=st.integers(0, 10**10), percent=st.sampled_from([5, 8, 10]))
def test_tax_included_finds_the_tax_that_was_put_on(net, percent):
    tax = whole_vnd(Decimal(net) * percent / 100)

    assert abs(tax_included(net + tax, percent) - tax) <= 1


def test_an_amount_is_written_without_a_place_to_break_the_line():
    assert format_vnd(Decimal(185_000), "vi") == "185.000\u00a0₫"
    assert format_vnd(1_250_000, "en") == "1,250,000\u00a0₫"
    assert format_vnd(Decimal("-500.4"), "vi") == "-500\u00a0₫"
    assert format_vnd(0, "vi") == "0\u00a0₫"


def test_a_count_is_written_in_groups_of_three():
    assert format_thousands(1842, "vi") == "1.842"
    assert format_thousands(1842, "en") == "1,842"
    assert format_thousands(96, "vi") == "96"
