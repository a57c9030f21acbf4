"""Valkey goes away, or PostgreSQL crashes, while people are buying."""

import http.client
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ClassVar

from shop.domain.notifications.models import OutboxMessage
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories import make_listing
from tests.fixtures.processes import poll_until
from tests.proving.scenario import Outcome, Scenario, Words
from tests.proving.stage import Stage
from tests.races.buyers import Answer, open_forms, press, press_until_answered
from tests.races.senders import everything_is_sent, slow_mail

OK, SEE_OTHER = 200, 303
SECONDS_TO_ANSWER = 20
AT_ONCE = 8


class Crowd:
    """Buyers who press one after the other, some at once, while something happens to the shop."""

    def __init__(self, address: str, forms: list[dict], buy) -> None:
        self.answers: list[Answer] = []
        self._take, self._queue = threading.Lock(), iter(forms)
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._shoppers = [self._pool.submit(self._shop, address, buy) for _ in range(AT_ONCE)]

    def _shop(self, address: str, buy) -> None:
        while True:
            with self._take:
                form = next(self._queue, None)
            if form is None:
                return
            self.answers.append(buy(address, form))

    def wait_for(self, answers: int) -> None:
        """Until so many have their answer, or a shopper fell over, which `end` tells of."""
        # Without the bell's guard each press waits six seconds for a Valkey that is away.
        seconds = 120 + 6 * answers // AT_ONCE
        poll_until(
            lambda: len(self.answers) >= answers or any(one.done() for one in self._shoppers), seconds=seconds, what="orders"
        )

    def _has_fallen_over(self) -> bool:
        return any(one.done() for one in self._shoppers)

    def end(self) -> list[Answer]:
        for shopper in self._shoppers:
            shopper.result()
        self._pool.shutdown()
        return self.answers


def press_once(address: str, form: dict) -> Answer:
    """One press; nobody's answer counts as a broken page."""
    try:
        return press(address, form)
    except (http.client.HTTPException, OSError):
        return Answer(0, "")


@dataclass(frozen=True)
class ValkeyStopped(Scenario):
    """Valkey is away for the middle half of the buyers; orders go on and every letter arrives afterwards."""

    buyers: int = 60

    promise: ClassVar = "R21"
    guard: ClassVar = "bell"
    title: ClassVar = Words("tắt Valkey khi {buyers} người đang đặt", "Valkey stopped while {buyers} people order")
    said: ClassVar = Words("{errors} trang lỗi, {arrived}/{told} thư đến", "broken pages: {errors}, letters: {arrived}/{told}")

    def play(self, stage: Stage, *, guarded: bool) -> Outcome:
        address = stage.web(self.off(guarded=guarded))
        forms = open_forms(make_listing(stock=self.buyers), buyers=self.buyers)
        with slow_mail(seconds=0) as mail:
            if guarded:
                stage.worker(EMAIL_URL=mail.url)
            crowd = Crowd(address, forms, press_once)
            crowd.wait_for(self.buyers // 4)
            stage.stop_valkey()
            crowd.wait_for(self.buyers * 3 // 4)
            stage.start_valkey()
            answers = crowd.end()
            if guarded:
                poll_until(everything_is_sent, seconds=120 + self.buyers, what="every letter")
        errors = sum(answer.status != SEE_OTHER for answer in answers)
        told = OutboxMessage.objects.count()
        kept = errors == 0 and Order.objects.count() == self.buyers and sum(mail.copies.values()) == told == 2 * self.buyers
        return Outcome(kept, {"errors": errors, "arrived": len(mail.copies), "told": told})


@dataclass(frozen=True)
class PostgresCrashed(Scenario):
    """PostgreSQL is restarted as after a crash; whoever read «thank you» has an order, and there are no half orders."""

    buyers: int = 60
    crashes: int = 2
    # A busy machine is no broken shop: only a soak, which has the machine to itself, holds it to the promised ten.
    healthy_within_seconds: int = 60

    promise: ClassVar = "R23"
    guard: ClassVar = "transaction"
    title: ClassVar = Words(
        "PostgreSQL sập {crashes} lần khi {buyers} người đang đặt", "PostgreSQL crashes {crashes} times, {buyers} people order"
    )
    said: ClassVar = Words(
        "mất {missing} đơn, dở dang {halves} chỗ, chạy lại sau {slowest:.1f} giây",
        "orders missing: {missing}, things half done: {halves}, back after {slowest:.1f} s",
    )

    def play(self, stage: Stage, *, guarded: bool) -> Outcome:
        address = stage.web(self.off(guarded=guarded))
        tea = make_listing(stock=4 * self.buyers)
        crowd = Crowd(address, open_forms(tea, buyers=self.buyers), press_until_answered)
        slowest = 0.0
        for crash in range(1, self.crashes + 1):
            crowd.wait_for(self.buyers * crash // (self.crashes + 2))
            stage.crash_postgres()
            began = time.monotonic()
            poll_until(lambda: is_ready(address), what="the shop, healthy again")
            slowest = max(slowest, time.monotonic() - began)
        answers = crowd.end()
        numbers = set(Order.objects.values_list("number", flat=True))
        missing = sum(not any(number in answer.location for number in numbers) for answer in answers)
        halves = len({broken.what for broken in broken_invariants()})
        kept = missing == halves == 0 and len(numbers) == self.buyers and slowest <= self.healthy_within_seconds
        return Outcome(kept, {"missing": missing, "halves": halves, "slowest": slowest})


def is_ready(address: str) -> bool:
    """Whether the shop itself says that it can work."""
    server = http.client.HTTPConnection(address.removeprefix("http://"), timeout=SECONDS_TO_ANSWER)
    try:
        server.request("GET", "/readyz")
        return server.getresponse().status == OK
    except (http.client.HTTPException, OSError):
        return False
    finally:
        server.close()
