"""One play of one scenario: a cleared stage, what happened, and the audit of stock, orders and money behind it."""

import logging
import time
from dataclasses import dataclass

from django.db import connections

from shop.operations.invariants import broken_invariants
from tests.proving.scenario import Scenario, Words
from tests.proving.stage import Stage

logger = logging.getLogger(__name__)
# A crash may fall between two orders and break nothing: a missing guard has so many chances to show what it costs.
CHANCES_TO_LOSE = 3
AUDIT = Words("; kiểm toán: {broken} chỗ sai", "; audit: {broken} broken")


@dataclass(frozen=True)
class Result:
    """`kept` also says that every invariant of the audit holds; `went_wrong` that the play itself did not come to its end."""

    kept: bool
    sentence: str
    broken: int
    seconds: float
    went_wrong: bool = False


def play(scenario: Scenario, stage: Stage, *, guarded: bool) -> Result:
    """Play it; a play that falls over proves nothing and is told as such."""
    began = time.monotonic()
    try:
        stage.clear()
        outcome = scenario.play(stage, guarded=guarded)
        broken = broken_invariants()
        sentence = scenario.sentence(outcome)
    except Exception as error:
        logger.exception("%s (guarded: %s) did not come to its end", type(scenario).__name__, guarded)
        sentence = f"{type(error).__name__}: {error}".splitlines()[0]
        return Result(False, sentence, 0, time.monotonic() - began, went_wrong=True)
    finally:
        connections.close_all()
    sentence += AUDIT.say(broken=len(broken)) if broken else ""
    return Result(outcome.kept and not broken, sentence, len(broken), time.monotonic() - began)


def play_row(scenario: Scenario, stage: Stage, *, guarded: bool) -> Result:
    """With its guard once; without it until it loses, a few times at most."""
    result = play(scenario, stage, guarded=guarded)
    chances = CHANCES_TO_LOSE - 1
    while result.kept and not guarded and chances:
        result, chances = play(scenario, stage, guarded=False), chances - 1
    return result
