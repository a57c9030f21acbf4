"""Whatever the basket and the voucher: every đồng of the discount falls somewhere, and something stays to be paid."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.domain.vouchers.dividing import Discount, ParcelGoods, divide_discount, worth_of
from shop.domain.vouchers.models import Voucher

ANY = settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
amounts = st.integers(1, 10**9)
# As plain values: models are made in the test.
vouchers = st.fixed_dictionaries({"amount_vnd": amounts}) | st.fixed_dictionaries(
    {"percent": st.integers(1, 50), "cap_vnd": st.none() | amounts}
)


@st.composite
def parcels(draw):
    goods = draw(st.integers(1, 10**9))
    return ParcelGoods(goods, draw(st.integers(0, goods) | st.just(goods)))


@ANY
@given(vouchers, st.lists(parcels(), min_size=1, max_size=12))
def test_the_parts_make_up_the_discount_and_every_parcel_keeps_a_dong(voucher, several):
    voucher = Voucher(**voucher)
    parts = divide_discount(voucher=voucher, parcels=several)

    worth = worth_of(voucher=voucher, eligible_vnd=sum(parcel.eligible_vnd for parcel in several))
    assert sum(parts) == min(worth, sum(parcel.most_vnd for parcel in several))
    for part, parcel in zip(parts, several, strict=True):
        assert 0 <= part <= parcel.eligible_vnd
        assert part < parcel.goods_vnd


@ANY
@given(vouchers, st.lists(parcels(), min_size=2, max_size=6))
def test_no_part_is_more_than_a_dong_from_its_share(voucher, several):
    parts = divide_discount(voucher=Voucher(**voucher), parcels=several)

    most = sum(parcel.most_vnd for parcel in several)
    for part, parcel in zip(parts, several, strict=True):
        assert abs(part * most - sum(parts) * parcel.most_vnd) < max(most, 1)


@pytest.mark.parametrize(
    ("voucher", "eligible", "worth"),
    [
        (Voucher(amount_vnd=50_000), 200_000, 50_000),
        (Voucher(amount_vnd=50_000), 30_000, 30_000),
        (Voucher(percent=10), 185_555, 18_555),
        (Voucher(percent=10, cap_vnd=15_000), 185_555, 15_000),
        (Voucher(percent=10, cap_vnd=15_000), 100_000, 10_000),
    ],
)
def test_a_voucher_is_worth_what_it_says(voucher, eligible, worth):
    assert worth_of(voucher=voucher, eligible_vnd=eligible) == worth


def test_three_parcels_share_to_the_dong():
    several = [ParcelGoods(100_000, 100_000)] * 3

    assert divide_discount(voucher=Voucher(amount_vnd=100_000), parcels=several) == [33_334, 33_333, 33_333]


def test_goods_the_voucher_is_not_for_get_nothing():
    several = [ParcelGoods(100_000, 0), ParcelGoods(300_000, 100_000)]

    assert divide_discount(voucher=Voucher(percent=50), parcels=several) == [0, 50_000]


@pytest.mark.parametrize(("funder", "borne"), [(Voucher.Funder.PRODUCER, 7_000), (Voucher.Funder.PLATFORM, 0)])
def test_who_gives_the_voucher_bears_it(funder, borne):
    discount = Discount(Voucher(funder=funder), {3: 7_000})

    assert (discount.borne_by_producer(3), discount.borne_by_producer(4), discount.total_vnd) == (borne, 0, 7_000)
