"""What every scenario has: sizes, words in two languages, a guard, and a way to play it on a stage."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import ClassVar

from tests.proving.stage import Stage


@dataclass(frozen=True)
class Words:
    """One sentence in both languages, with places for numbers."""

    vi: str
    en: str

    def say(self, **facts: object) -> str:
        return (self.vi if speaks_vietnamese() else self.en).format(**facts)


@dataclass(frozen=True)
class Outcome:
    """Whether the promise was kept, and the numbers that show it."""

    kept: bool
    facts: Mapping[str, object]


class Scenario:
    """Something that goes wrong on purpose. Its fields are its sizes; `guard` is what the patched server leaves out."""

    promise: ClassVar[str]  # its number among the promises of reliability
    guard: ClassVar[str]
    title: ClassVar[Words]
    said: ClassVar[Words]

    def play(self, stage: Stage, *, guarded: bool) -> Outcome:
        """Play it once on a cleared stage."""
        raise NotImplementedError

    def in_round(self, number: int) -> "Scenario":  # noqa: ARG002 -- only those with dice care
        """The same scenario as it is played in this round of many."""
        return self

    def off(self, *, guarded: bool) -> str:
        return "" if guarded else self.guard

    def sizes(self) -> dict[str, object]:
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]

    def name(self) -> str:
        return self.title.say(**self.sizes())

    def sentence(self, outcome: Outcome) -> str:
        return self.said.say(**self.sizes() | dict(outcome.facts))


def speaks_vietnamese() -> bool:
    """The language of whoever looks on, as programs ask for it."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name].lower().startswith("vi")
    return False
