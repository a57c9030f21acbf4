"""One parcel per producer: how the lines of an order fall apart, and what the parcels are called."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")


def split_by_producer(*, items: Iterable[Item], producer_id: Callable[[Item], int]) -> dict[int, list[Item]]:
    """Return the items of each producer; producers and items keep the order in which they came."""
    parcels: dict[int, list[Item]] = {}
    for item in items:
        parcels.setdefault(producer_id(item), []).append(item)
    return parcels


def number_parcel(*, order_number: str, position: int) -> str:
    """Return what is printed on the parcel: OC-7K2M9QXD-1."""
    return f"{order_number}-{position}"
