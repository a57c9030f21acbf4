"""A day in small: 95 of 100 visits look at a page, five buy, and a producer goes on changing a price and a stock."""

import random
import re
from collections.abc import Iterator

from ..client import Request, Visit
from ..measuring import Maker
from ..operation import Operation
from ..world import World
from . import detail, filtered, home, listing, search
from .checkout import buy

LOOKED_AT = ((home, 15), (listing, 25), (filtered, 10), (detail, 35), (search, 15))
BUYERS_PERCENT = 5
INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(name|value)="([^"]*)"')


def visits(world: World) -> Maker:
    makers, weights = zip(*((operation.OPERATION.visits(world), weight) for operation, weight in LOOKED_AT), strict=True)

    def visit(chance: random.Random) -> Visit:
        if chance.randrange(100) < BUYERS_PERCENT:
            return buy(chance.choice(world.affordable).pk, world, chance)
        return chance.choices(makers, weights)[0](chance)

    return visit


def edits(world: World) -> Maker:
    """A producer who writes down another price and another stock."""

    def visit(chance: random.Random) -> Visit:
        path = f"/ban-hang/san-pham/{chance.choice(world.own_listings)}/"
        page = yield Request(path, cookies=world.owner_cookies)
        form = dict(_typed(page.body.decode()))
        for name, value in form.items():
            if name.endswith("price_vnd"):
                form[name] = str(int(value.replace(".", "")) + chance.choice((-1000, 1000)))
        yield Request(path, form=form, cookies=world.owner_cookies, expected=(302,))

    return visit


def _typed(page: str) -> Iterator[tuple[str, str]]:
    for tag in INPUT.findall(page):
        attributes = dict(ATTRIBUTE.findall(tag))
        if "name" in attributes:
            yield attributes["name"], attributes.get("value", "")


OPERATION = Operation("mixed", visits, beside=edits, is_mixed=True)
