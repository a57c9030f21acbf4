"""A list narrowed by group, province, stars, price and stock, sorted by price: what no index holds ready."""

import random

from ..operation import Goal, Operation
from ..world import World
from .pages import pages

FILTERS = ("sao=5", "sao=4&sao=5", "gia=50-100", "gia=200-500", "con-hang=1", "xep=gia-tang", "xep=sao")


def path(world: World, chance: random.Random) -> str:
    query = "&".join([f"tinh={chance.choice(world.provinces)}", *chance.sample(FILTERS, 2)])
    return f"{chance.choice([*world.categories, '/san-pham/'])}?{query}"


OPERATION = Operation("list, filtered", pages(path), goals=(Goal("postgres_ms", most=40),), is_kept=True)
