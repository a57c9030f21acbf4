"""The page of one product."""

from ..operation import Goal, Operation
from .pages import pages

OPERATION = Operation(
    "product",
    pages(lambda world, chance: world.any_good(chance).path),
    goals=(Goal("python_ms", most=6), Goal("statements", most=6)),
    is_kept=True,
    growth=1.3,
)
