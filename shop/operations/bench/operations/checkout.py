"""A whole purchase: into the basket, the order form, the place it goes to, the order button."""

import random
import re

from ..client import Request, Response, Unexpected, Visit
from ..measuring import Maker
from ..operation import Goal, Operation
from ..world import World
from .first_add import press

HIDDEN = re.compile(r'name="(ticket|preview|csrfmiddlewaretoken)" value="([^"]+)"')
PATH = "/thanh-toan/"

# Of mobile numbers that are given out: the form knows the others.
PREFIXES = ("090", "091", "094", "096", "097", "098")
TYPED = {"name": "Lê Minh Châu", "email": "chau@example.vn", "street": "Số 12 ngõ 165 Dương Quảng Hàm"}


def buy(pk: int, world: World, chance: random.Random) -> Visit:
    """Order one unit as a guest who pays at the door."""
    commune, province = chance.choice(world.communes)
    phone = f"{chance.choice(PREFIXES)}{chance.randrange(10**7):07}"
    typed = TYPED | {"phone": phone, "province": province, "commune": commune, "payment": "cod"}
    added = yield press(pk)
    if "them=" not in added.location:
        raise Unexpected(f"product {pk} cannot be bought: {added.location}")
    form = hidden_fields((yield Request(PATH)))
    # With the place the form shows what sending it costs.
    form |= hidden_fields((yield Request(PATH, form={**typed, **form, "action": "refresh"})))
    yield Request(PATH, form={**typed, **form, "action": "place"}, expected=(303,))


def hidden_fields(response: Response) -> dict[str, str]:
    """Read what a form carries."""
    fields = dict(HIDDEN.findall(response.body.decode()))
    if len(fields) < HIDDEN.groups + 1:
        raise Unexpected("the order form does not carry ticket, preview and token")
    return fields


def visits(world: World) -> Maker:
    return lambda chance: buy(chance.choice(world.affordable).pk, world, chance)


OPERATION = Operation("checkout, whole", visits, goals=(Goal("rate_many", least=50), Goal("statements", most=60)), growth=1.3)
