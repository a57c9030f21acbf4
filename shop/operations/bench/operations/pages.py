"""Visits of one page."""

import random
from collections.abc import Callable

from ..client import Request, Visit
from ..measuring import Maker
from ..world import World

# As every browser says; only pages of which nothing has to be read are asked for like this.
LIKE_A_BROWSER = {"Accept-Encoding": "gzip"}


def pages(path_of: Callable[[World, random.Random], str], headers: dict[str, str] | None = None) -> Callable[[World], Maker]:
    """Return visits that each open one page, which `path_of` chooses."""

    def visits(world: World) -> Maker:
        def visit(chance: random.Random) -> Visit:
            yield Request(path_of(world, chance), headers=headers or {})

        return visit

    return visits
