"""A return's life as a line of time, newest first, for whichever page shows it."""

from dataclasses import dataclass
from datetime import datetime

from .models import OPEN_STATES, ReturnRequest
from .words import step_text


@dataclass(frozen=True)
class Moment:
    """One step in words; `state` is how the line of time draws it."""

    text: str
    at: datetime
    note: str
    state: str


def tell_history(asked: ReturnRequest) -> list[Moment]:
    """Return the steps, newest first; its steps are read once (prefetch them for lists)."""
    steps = list(asked.steps.all())
    last = len(steps) - 1
    moments = [
        Moment(
            text=step_text(step, is_first=index == 0),
            at=step.at,
            note=step.words,
            state="now" if index == last and asked.state in OPEN_STATES else "done",
        )
        for index, step in enumerate(steps)
    ]
    return moments[::-1]
