"""A payment provider reports everything three times, in any order."""

from dataclasses import dataclass
from typing import ClassVar

from shop.domain.payments.models import Payment
from shop.fake_stripe.server import StandIn
from tests.fixtures.stand_in import KEY
from tests.proving.scenario import Outcome, Scenario, Words
from tests.proving.stage import Stage
from tests.races.reports import card_environment, pay_many, wait_until_heard, what_is_wrong


@dataclass(frozen=True)
class ShuffledReports(Scenario):
    """Whatever order and number they come in: each order is paid once, each buyer told once, the books balance."""

    orders: int = 200

    promise: ClassVar = "R10"
    guard: ClassVar = "reports"
    title: ClassVar = Words(
        "{orders} đơn trả thẻ, mỗi tin báo 3 lần, xáo trộn", "{orders} card orders, each told of 3 times, shuffled"
    )
    said: ClassVar = Words("{paid} đơn đã trả, sai: {wrong}", "{paid} payments succeeded, wrong: {wrong}")

    def play(self, stage: Stage, *, guarded: bool) -> Outcome:
        stand_in = StandIn(key=KEY)
        stand_in.start()
        try:
            cards = card_environment(stand_in)
            address = stage.web(**cards)
            pay_many(stand_in, address, orders=self.orders)
            stage.worker(self.off(guarded=guarded), **cards)
            wait_until_heard(stand_in, seconds=600)
            wrong = what_is_wrong(stand_in, orders=self.orders)
        finally:
            stand_in.stop()
        paid = Payment.objects.filter(status="succeeded").count()
        return Outcome(not wrong, {"paid": paid, "wrong": "; ".join(wrong) or "-"})
