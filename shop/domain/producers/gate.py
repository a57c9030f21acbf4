"""The gate before a producer: orders pass it together, the office shuts it for the moment of an act."""

from shop.common.gates import shut_gates

PRODUCER_GATE = "producer"


def shut_producer(*, producer_id: int) -> None:
    """Wait for the orders that are being placed, then keep others out until this transaction ends."""
    shut_gates(kind=PRODUCER_GATE, ids=[producer_id])
