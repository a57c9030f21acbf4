"""The gate before a listing's row: buyers pass it together, whoever changes the listing shuts it for a moment."""

from collections.abc import Iterable

from shop.common.gates import shut_gates

SHELF_GATE = "listing"


def shut_shelf(*, listing_id: int) -> None:
    """Wait for the orders that are being placed, then keep others out until this transaction ends."""
    shut_shelves(listing_ids=[listing_id])


def shut_shelves(*, listing_ids: Iterable[int]) -> None:
    """Do so for several listings at once."""
    shut_gates(kind=SHELF_GATE, ids=listing_ids)
