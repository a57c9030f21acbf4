"""Whoever sends messages is killed in the middle of it, again and again."""

from dataclasses import dataclass
from typing import ClassVar

from shop.domain.notifications.delivery import UNSENT
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.tasks import drain_outbox
from tests.fixtures.processes import poll_until
from tests.proving.scenario import Outcome, Scenario, Words
from tests.proving.stage import Stage
from tests.races.senders import everything_is_sent, is_idle, kill_pool, kill_worker, later, slow_mail, unclaimed, write_messages


@dataclass(frozen=True)
class KilledWorker(Scenario):
    """Every message arrives; one that a dying process had in its hands may arrive twice, under one name."""

    messages: int = 30
    kills: int = 2
    seconds_per_mail: float = 0.05

    promise: ClassVar = "R20"
    guard: ClassVar = "late_acks"
    title: ClassVar = Words("người gửi {messages} thư bị giết {kills} lần", "sender of {messages} messages killed {kills} times")
    said: ClassVar = Words("{arrived} thư đến, {lost} nằm lại", "{arrived} arrived, {lost} left behind")

    def play(self, stage: Stage, *, guarded: bool) -> Outcome:
        keys = write_messages(self.messages)
        with slow_mail(seconds=self.seconds_per_mail) as mail:
            worker = stage.worker(self.off(guarded=guarded), EMAIL_URL=mail.url)
            drain_outbox.delay()
            killed = self._kill_again_and_again(worker, mail, guarded=guarded)
            if guarded:
                self._send_the_rest(stage, worker, mail)
        lost = OutboxMessage.objects.filter(UNSENT).count()
        repeated = len(mail.messages) - len(mail.copies)
        names = {(message["X-Notification-Key"], message["Message-ID"]) for message in mail.messages}
        kept = set(mail.copies) == keys and lost == 0 and repeated <= killed + 1 and len(names) == len(keys)
        return Outcome(kept, {"arrived": len(mail.copies), "lost": lost})

    def _kill_again_and_again(self, worker, mail, *, guarded: bool) -> int:
        """How many processes were killed; without late acks the first death is the last thing that happens."""
        killed = 0
        step = max(self.messages // (self.kills + 2), 1)
        for number in range(1, self.kills + 1 if guarded else 2):
            poll_until(lambda number=number: len(mail.messages) >= number * step, what="the next mails")
            killed += kill_pool(worker)
        if not guarded:
            poll_until(is_idle, what="the worker at rest")
        return killed

    def _send_the_rest(self, stage: Stage, worker, mail) -> None:
        """The lost task comes back by itself; what the dead had claimed waits for the next worker, past their claims."""
        poll_until(lambda: unclaimed() == 0, seconds=300, what="everything that no killed sender held")
        kill_worker(worker)
        stage.worker(EMAIL_URL=mail.url, **later())
        poll_until(everything_is_sent, seconds=300, what="the rest")
