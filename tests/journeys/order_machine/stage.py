"""What every rule of the machine stands on: the world, the paper, one way to act, and a way back to the beginning."""

import contextlib
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from shop.oscar_forks.order.models import Order

from .plug import PlugPulled, fingerprint, plug_pulled_after
from .world import BEGIN, World

# Which of the things there are: a number that is taken modulo how many there are.
WHICH = st.integers(0, 11)


class Stage:
    """Rules are mixins over this class. They change the shop through `act` only, and write on paper what must stay true."""

    world: ClassVar[World]
    played: ClassVar[Counter] = Counter()

    def __init__(self):
        super().__init__()
        self.world.now = BEGIN
        self._way_back = contextlib.ExitStack()
        # Marked as the test's own, so that transactions that must be the outermost one take it for no transaction.
        outermost = transaction.atomic()
        outermost._from_testcase = True
        self._way_back.enter_context(outermost)
        with connection.cursor() as cursor:
            # Hypothesis thinks between two games' statements, longer than a buyer may.
            cursor.execute("SET idle_in_transaction_session_timeout = 0")
        self._plug: int | None = None
        # The rows as they were after the last act: nothing else changes them.
        self.rows = fingerprint()
        self.one_in = 0
        self.changes = 0
        self.open_paper()

    def open_paper(self) -> None:
        """Begin what a mixin writes down; each calls its neighbour."""

    def teardown(self):
        """Back to the world as it was made."""
        transaction.set_rollback(True)
        self._way_back.close()
        super().teardown()

    @property
    def now(self):
        return self.world.now

    @property
    def today(self):
        return self.world.now.date()

    def act(self, do: Callable[..., Any], *, refusals: tuple = (), is_whole: bool = True, **words: Any) -> Any:
        """Do one thing to the shop; None when it was refused or the plug was pulled.

        What is whole happens wholly or leaves no trace: after a refusal and after a crash not one row differs.
        """
        plug, self._plug = self._storm() if self._plug is None else self._plug, None
        before = self.rows
        self.played[do.__name__] += 1
        try:
            with plug_pulled_after(plug):
                done = do(**words)
        except PlugPulled:
            self.rows = fingerprint()
            assert not is_whole or self.rows == before, f"{do.__name__} left something behind when the plug was pulled"
            self.played["plug pulled"] += 1
        except refusals as refusal:
            self.rows = fingerprint()
            assert not is_whole or self.rows == before, f"{do.__name__} left something behind although it refused"
            self.played[f"{do.__name__} refused: {type(refusal).__name__}"] += 1
        else:
            self.rows = fingerprint()
            check_what_a_commit_checks()
            return done
        finally:
            self.changes += 1
        return None

    def _storm(self):
        is_struck = self.one_in and self.changes % self.one_in == 0
        return (self.changes * 7) % 40 if is_struck else None

    @initialize(one_in=st.sampled_from((0, 3, 7)))
    def let_there_be_a_storm(self, one_in):
        """In some games one act in so many is cut off, each time at another statement."""
        self.one_in = one_in

    @rule(statements=st.integers(0, 45))
    def pull_the_plug_next_time(self, statements):
        """The next act is cut off after so many statements."""
        self._plug = statements

    @rule(hours=st.sampled_from((1, 6, 24, 49, 24 * 8)))
    def wait(self, hours):
        """The clock goes on."""
        self.world.now += timedelta(hours=hours)
        self.changes += 1


def check_what_a_commit_checks() -> None:
    """Constraints that wait for a commit would wait for ever here."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def pick(things: list, which: int) -> Any:
    """One of the things; None when there is none."""
    return things[which % len(things)] if things else None


def all_orders() -> list[int]:
    """Every order there is, oldest first."""
    return list(Order.objects.order_by("pk").values_list("pk", flat=True))
