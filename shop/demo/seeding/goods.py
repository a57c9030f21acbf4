"""What the seeded producers sell: goods in every state of a certificate, with much, one or no stock."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

WORDS = (
    ("Chè búp", 11, "gói 200 g", 200, "g"),
    ("Mật ong rừng", 3, "chai 500 ml", 500, "ml"),
    ("Cà phê rang", 12, "gói 500 g", 500, "g"),
    ("Miến dong", 6, "gói 500 g", 500, "g"),
    ("Nước mắm", 9, "chai 500 ml", 500, "ml"),
    ("Hạt điều", 5, "hũ 400 g", 400, "g"),
    ("Gạo nếp", 6, "túi 2 kg", 2000, "g"),
    ("Bánh đậu", 8, "hộp 300 g", 300, "g"),
    ("Tinh dầu sả", 20, "lọ 50 ml", 50, "ml"),
    ("Giỏ mây", 21, "chiếc", 1, "piece"),
)
# How long ago it was recognised (days), so that today it is what the state says.
AGE_DAYS = {"valid": 200, "expiring": 1050, "extended": 1150, "expired": 1200, "suspended": 300, "revoked": 400}
STOPPED_STATES = ("expired", "suspended", "revoked")
PLENTY, FEW, ONE = 500, 50, 1
STOCKS = (PLENTY,) * 8 + (FEW,) * 4 + (ONE,) * 8 + (0,) * 2


@dataclass(frozen=True)
class Good:
    """One product as it shall stand on the shelf."""

    title: str
    criteria_set: int
    unit: str
    net_content: int
    net_content_unit: str
    weight_grams: int
    price_vnd: int
    stars: int
    stock: int
    state: str

    def issued_on(self, today: date) -> date:
        """The day of recognition that makes the state true today."""
        return today - timedelta(days=AGE_DAYS[self.state])


def goods_of(*, seed: int, producer_number: int) -> list[Good]:
    """The shelf of one producer: valid stars with every stock, then one good for each other state."""
    chance = random.Random(f"{seed}:goods:{producer_number}")  # noqa: S311  known on purpose
    goods = [_good(chance, place, stock) for place, stock in enumerate(STOCKS, start=1)]
    others = [state for state in AGE_DAYS if state != "valid"]
    for place, state in enumerate(others, start=len(goods) + 1):
        good = _good(chance, place, PLENTY)
        goods.append(replace(good, state=state, title=f"{good.title} {state}"))
    return goods


def _good(chance: random.Random, place: int, stock: int) -> Good:
    name, criteria_set, unit, net_content, net_content_unit = WORDS[place % len(WORDS)]
    return Good(
        title=f"{name} mẫu {place:02}",
        criteria_set=criteria_set,
        unit=unit,
        net_content=net_content,
        net_content_unit=net_content_unit,
        weight_grams=max(net_content + 50, 100),
        price_vnd=chance.randrange(20, 400) * 1000,
        stars=chance.choice((3, 3, 4, 4, 5)),
        stock=stock,
        state="valid",
    )
