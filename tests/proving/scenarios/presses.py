"""One order form, pressed again and again: at once, later, in two tabs, and while the server dies under it."""

import http.client
from dataclasses import dataclass
from typing import ClassVar

from shop.domain.notifications.models import OutboxMessage
from shop.domain.payments.models import Payment
from shop.oscar_forks.order.models import Order
from tests.factories import make_basket, make_listing
from tests.fixtures.processes import poll_until
from tests.proving.scenario import Outcome, Scenario, Words
from tests.proving.stage import Stage
from tests.races.buyers import drop_constraint, open_forms, press, press_all, press_until_answered, read_form
from tests.races.senders import everything_is_sent, slow_mail

ONE_ORDER = "a_basket_becomes_at_most_one_order"
SEE_OTHER = 303


def letters_to_buyers() -> int:
    return OutboxMessage.objects.filter(kind="order_placed").count()


@dataclass(frozen=True)
class DoubleSubmit(Scenario):
    """One basket in two tabs, all presses at once and as many a little later: one order, one payment, one letter."""

    presses: int = 10

    promise: ClassVar = "R4"
    guard: ClassVar = "basket"
    title: ClassVar = Words("một đơn bấm {presses} lần", "one order form pressed {presses} times")
    said: ClassVar = Words("{orders} đơn, {letters} thư", "orders: {orders}, letters: {letters}")

    def play(self, stage: Stage, *, guarded: bool) -> Outcome:
        address = stage.web(self.off(guarded=guarded))
        basket = make_basket((make_listing(stock=50), 2))
        tabs = [read_form(basket), read_form(basket)]
        if not guarded:
            drop_constraint("order_order", ONE_ORDER)
        forms = [tabs[number % 2] for number in range(self.presses)]
        answers = press_all(address, forms, at_once=self.presses)
        if guarded:
            answers += press_all(address, forms, at_once=self.presses)
        counts = {Order.objects.count(), Payment.objects.count(), letters_to_buyers()}
        kept = counts == {1} and {answer.status for answer in answers} == {SEE_OTHER}
        kept = kept and len({answer.location for answer in answers}) == 1
        return Outcome(kept, {"orders": Order.objects.count(), "letters": letters_to_buyers()})


@dataclass(frozen=True)
class KilledWeb(Scenario):
    """The server dies after it wrote the order and before it answered; the buyer presses again."""

    kills: int = 3

    promise: ClassVar = "R21"
    guard: ClassVar = "memory,outbox"
    title: ClassVar = Words("máy chủ web bị giết sau khi ghi đơn, {kills} lần", "web killed after the commit, {kills} times")
    said: ClassVar = Words("{orders} đơn, {letters} thư", "orders: {orders}, letters: {letters}")

    def play(self, stage: Stage, *, guarded: bool) -> Outcome:
        note = stage.run_dir / "death-note"
        guards = ",".join(filter(None, [self.off(guarded=guarded), "die_after_commit"]))
        address = stage.web(guards, processes=2, DEATH_NOTE=str(note))
        if not guarded:
            drop_constraint("order_order", ONE_ORDER)
        tea = make_listing(stock=2 * self.kills)
        places = [self._die_and_press_again(address, read_form(make_basket((tea, 1))), note) for _ in range(self.kills)]
        orders, letters = Order.objects.count(), letters_to_buyers()
        kept = orders == letters == self.kills == len(set(places))
        if kept:
            kept = self._everybody_is_told_once(stage)
        return Outcome(kept, {"orders": orders, "letters": letters})

    def _die_and_press_again(self, address: str, form: dict, note) -> str:
        """Where the second press leads; the first one must not have been answered."""
        note.touch()
        try:
            answer = press(address, form)
        except (http.client.HTTPException, OSError):
            return press_until_answered(address, form).location
        raise AssertionError(f"the server lived on and answered {answer.status}")

    def _everybody_is_told_once(self, stage: Stage) -> bool:
        with slow_mail(seconds=0) as mail:
            stage.worker(EMAIL_URL=mail.url)
            poll_until(everything_is_sent, what="every letter")
        return set(mail.copies.values()) == {1} and set(mail.copies) == set(OutboxMessage.objects.values_list("key", flat=True))


@dataclass(frozen=True)
class FailedOrder(Scenario):
    """Orders that fail when all of it is written and nothing committed: nobody is told, nothing is held back."""

    checkouts: int = 500

    promise: ClassVar = "R22"
    guard: ClassVar = "transaction"
    title: ClassVar = Words("{checkouts} đơn hỏng trước khi ghi xong", "{checkouts} orders fail before their commit")
    said: ClassVar = Words(
        "{orders} đơn, {letters} thư, giữ {units} món", "orders: {orders}, letters: {letters}, units held: {units}"
    )

    def play(self, stage: Stage, *, guarded: bool) -> Outcome:
        guards = ",".join(filter(None, [self.off(guarded=guarded), "fail_before_commit"]))
        tea = make_listing(stock=self.checkouts)
        press_all(stage.web(guards), open_forms(tea, buyers=self.checkouts), at_once=min(self.checkouts, 16))
        orders, letters, units = Order.objects.count(), OutboxMessage.objects.count(), tea.stock_records.get().num_allocated
        kept = orders == letters == units == Payment.objects.count() == 0
        return Outcome(kept, {"orders": orders, "letters": letters, "units": units})
