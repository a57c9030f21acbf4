"""The first product a visitor puts into a basket: the press of the button, without the page it leads to."""

import random

from ..client import Request, Visit
from ..measuring import Maker
from ..operation import Goal, Operation
from ..world import World


def press(pk: int) -> Request:
    """The button of a product page."""
    return Request(f"/gio-hang/them/{pk}/", form={"quantity": "1"}, expected=(303,))


def visits(world: World) -> Maker:
    def visit(chance: random.Random) -> Visit:
        yield press(chance.choice(world.affordable).pk)

    return visit


OPERATION = Operation("first add to basket", visits, goals=(Goal("python_ms", most=12), Goal("statements", most=15)), growth=1.3)
