"""Visits of one page."""

import random
from collections.abc import Callable

from ..client import Request, Visit
from ..measuring import Maker
from ..world import World


def pages(path_of: Callable[[World, random.Random], str]) -> Callable[[World], Maker]:
    """Return visits that each open one page, which `path_of` chooses."""

    def visits(world: World) -> Maker:
        def visit(chance: random.Random) -> Visit:
            yield Request(path_of(world, chance))

        return visit

    return visits
