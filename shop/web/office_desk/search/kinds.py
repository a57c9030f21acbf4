"""The kinds of things the desk's search looks through, in the order of its answer; a new room adds its function here."""

from collections.abc import Callable

from django.http import HttpRequest

from ..cases.queue import find_cases
from ..returns.finding import find_returns
from ..room import Hits
from ..vouchers.finding import find_vouchers
from . import finders

Finder = Callable[[HttpRequest, str], Hits | None]

FINDERS: tuple[Finder, ...] = (
    finders.find_certificates,
    finders.find_producers,
    finders.find_listings,
    finders.find_decisions,
    finders.find_requests,
    find_cases,
    finders.find_imports,
    finders.find_messages,
    finders.find_orders,
    find_returns,
    find_vouchers,
)
