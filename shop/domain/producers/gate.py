"""The gate before a producer: orders pass it together, the office shuts it for the moment of an act."""

from collections.abc import Iterable

from shop.common.gates import pass_gates, shut_gates

KIND = "producer"


def pass_producers(*, producer_ids: Iterable[int]) -> None:
    """Keep these producers' standing as it is until this transaction ends."""
    pass_gates(kind=KIND, ids=producer_ids)


def shut_producer(*, producer_id: int) -> None:
    """Wait for the orders that are being placed, then keep others out until this transaction ends."""
    shut_gates(kind=KIND, ids=[producer_id])
