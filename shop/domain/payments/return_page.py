"""Where a provider's page sends the buyer back to. Orders know their pages, and tell when the shop starts."""

from collections.abc import Callable

from shop.oscar_forks.order.models import Order

_page_of: list[Callable[[Order], str]] = []


def register_return_page(page_of: Callable[[Order], str]) -> None:
    """Name the function that gives an order's page of payment, as a whole address."""
    _page_of[:] = [page_of]


def return_page(*, order: Order) -> str:
    """Return the address of the page on which an order waits for its money."""
    return _page_of[0](order)
