"""24 products of all, of a category or of a province; the first pages, as people leaf."""

import random

from ..operation import Goal, Operation
from ..world import World
from .pages import pages

DEEPEST_PAGE = 5


def path(_world: World, chance: random.Random) -> str:
    page = chance.randint(1, DEEPEST_PAGE)
    return f"/san-pham/?trang={page}" if page > 1 else "/san-pham/"


OPERATION = Operation(
    "list of 24",
    pages(path),
    goals=(Goal("python_ms", most=8.5), Goal("statements", most=8)),
    is_kept=True,
    growth=1.3,
)
