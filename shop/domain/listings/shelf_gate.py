"""The gate before a listing's row: buyers pass it together, whoever changes the listing shuts it for a moment."""

from collections.abc import Iterable

from shop.common.gates import pass_gates, shut_gates

KIND = "listing"


def pass_shelf(*, listing_ids: Iterable[int]) -> None:
    """Keep these listings from being changed until this transaction ends."""
    pass_gates(kind=KIND, ids=listing_ids)


def shut_shelf(*, listing_id: int) -> None:
    """Wait for the orders that are being placed, then keep others out until this transaction ends."""
    shut_shelves(listing_ids=[listing_id])


def shut_shelves(*, listing_ids: Iterable[int]) -> None:
    """Do so for several listings at once."""
    shut_gates(kind=KIND, ids=listing_ids)
