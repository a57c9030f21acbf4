"""How much a voucher takes off, and how that falls on the parcels: whole đồng in, whole đồng out, every sum exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shop.common.money import split_by_largest_remainder

from .models import Voucher


@dataclass(frozen=True)
class ParcelGoods:
    """What one producer sends: goods in all, and those the voucher is for."""

    goods_vnd: int
    eligible_vnd: int

    @property
    def most_vnd(self) -> int:
        """The most that can be taken off here: at least one đồng stays to be paid, whatever the shipping costs."""
        return max(min(self.eligible_vnd, self.goods_vnd - 1), 0)


def worth_of(*, voucher: Voucher, eligible_vnd: int) -> int:
    """What the voucher takes off goods of so much, rounded down: nobody promised the rest of a đồng."""
    if voucher.amount_vnd is not None:
        return min(voucher.amount_vnd, eligible_vnd)
    percentage = eligible_vnd * (voucher.percent or 0) // 100
    return percentage if voucher.cap_vnd is None else min(percentage, voucher.cap_vnd)


def divide_discount(*, voucher: Voucher, parcels: Sequence[ParcelGoods]) -> list[int]:
    """The discount of each parcel, in proportion to the goods the voucher is for; no parcel gets more than its own."""
    most = [parcel.most_vnd for parcel in parcels]
    worth = worth_of(voucher=voucher, eligible_vnd=sum(parcel.eligible_vnd for parcel in parcels))
    return [int(part) for part in split_by_largest_remainder(min(worth, sum(most)), most)]


@dataclass(frozen=True)
class Discount:
    """What an order gets off by one voucher: đồng by producer."""

    voucher: Voucher
    parts: Mapping[int, int]

    @property
    def total_vnd(self) -> int:
        return sum(self.parts.values())

    def part_of(self, producer_id: int) -> int:
        """What one parcel gets off."""
        return self.parts.get(producer_id, 0)

    def borne_by_producer(self, producer_id: int) -> int:
        """What of it the producer gives away; the shop gives the rest."""
        return self.part_of(producer_id) if self.voucher.funder == Voucher.Funder.PRODUCER else 0
