"""A producer's list of parcels that wait to be confirmed, with more of them than one page holds."""

import random

from ..client import Request, Visit
from ..measuring import Maker
from ..operation import Operation
from ..world import World
from .checkout import buy


def parcels(world: World) -> Maker:
    def visit(_chance: random.Random) -> Visit:
        yield Request("/ban-hang/kien/", cookies=world.owner_cookies)

    return visit


def orders(world: World) -> Maker:
    """Orders for that producer."""
    return lambda chance: buy(chance.choice(world.own_goods), world, chance)


OPERATION = Operation("producer's parcels", parcels, prepare=orders)
