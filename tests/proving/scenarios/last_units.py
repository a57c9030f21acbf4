"""More people want something than there are units; and baskets that want the same things in different orders."""

import random
from dataclasses import dataclass, replace
from typing import ClassVar

from shop.oscar_forks.order.models import Order
from tests.factories import make_basket, make_listing
from tests.proving.scenario import Outcome, Scenario, Words
from tests.proving.stage import Stage
from tests.races.buyers import drop_constraint, open_forms, press_all, read_form

PROMISE = "allocated_stock_never_exceeds_stock_on_hand"
SOLD, SOLD_OUT = 303, 409


@dataclass(frozen=True)
class LastUnits(Scenario):
    """Everybody presses at the same moment; exactly the units there are get sold, the others read why not."""

    buyers: int = 200
    units: int = 50

    promise: ClassVar = "R1"
    guard: ClassVar = "stock"
    title: ClassVar = Words("{buyers} người tranh {units} món", "{buyers} buyers, stock of {units}")
    said: ClassVar = Words("bán {sold} trên {units} món", "{sold} sold of {units}")

    def play(self, stage: Stage, *, guarded: bool) -> Outcome:
        address = stage.web(self.off(guarded=guarded))
        tea = make_listing(stock=self.units)
        if not guarded:
            drop_constraint("partner_stockrecord", PROMISE)
        answers = press_all(address, open_forms(tea, buyers=self.buyers), at_once=min(self.buyers, 40))
        statuses = [answer.status for answer in answers]
        sold = tea.stock_records.get().num_allocated
        kept = sold == min(self.units, self.buyers) == statuses.count(SOLD) == Order.objects.count() and set(statuses) <= {
            SOLD,
            SOLD_OUT,
        }
        return Outcome(kept, {"sold": sold})


@dataclass(frozen=True)
class HotShelf(Scenario):
    """Baskets of three of six hot goods in any order: nobody waits in a circle, nobody sees a broken page."""

    buyers: int = 100
    units: int = 30
    seed: int = 0

    promise: ClassVar = "R2"
    guard: ClassVar = "stock"
    title: ClassVar = Words("{buyers} giỏ, mỗi giỏ 3 trong 6 món hút khách", "{buyers} baskets of 3 of 6 hot goods")
    said: ClassVar = Words("{sold} đơn, {errors} trang lỗi", "{sold} orders, {errors} broken pages")

    def in_round(self, number: int) -> Scenario:
        return replace(self, seed=number)

    def play(self, stage: Stage, *, guarded: bool) -> Outcome:
        address = stage.web(self.off(guarded=guarded))
        dice = random.Random(self.seed)  # noqa: S311 -- the same baskets every time
        # Without its guard a unit is sold twice only to those who ask for the last ones at one moment: there, all do.
        units = self.units if guarded else self.units // 6
        goods = [make_listing(f"Chè số {number}", stock=units) for number in range(6)]
        if not guarded:
            drop_constraint("partner_stockrecord", PROMISE)
        baskets = [make_basket(*[(tea, 1) for tea in dice.sample(goods, 3)]) for _ in range(self.buyers)]
        forms = [read_form(basket, phone=f"09{13_000_000 + number}") for number, basket in enumerate(baskets)]
        statuses = [answer.status for answer in press_all(address, forms, at_once=min(self.buyers, 40))]
        over = [tea for tea in goods if tea.stock_records.get().num_allocated > units]
        errors = sum(status not in {SOLD, SOLD_OUT} for status in statuses)
        return Outcome(not over and not errors, {"sold": statuses.count(SOLD), "errors": errors})
