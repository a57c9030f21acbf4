"""The table of `make prove`: redrawn in place on a terminal, finished rows one after the other where nobody looks on."""

import os
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from tests.proving.scenario import Scenario, Words

TITLE = Words("Chợ OCOP: phá thử cho biết", "Chợ OCOP: broken on purpose")
OFF, ON = Words("bỏ lớp bảo vệ", "without its guard"), Words("có lớp bảo vệ", "with its guard")
LOSES, HOLDS = Words("hỏng", "loses"), Words("đứng vững", "holds")
# What must not be: a scenario that proves nothing, a shop that does not hold, a play that did not come to its end.
SURVIVES, FAILS = Words("KHÔNG HỎNG", "DOES NOT LOSE"), Words("THẤT BẠI", "FAILS")
BROKE_OFF = Words("DỞ DANG", "BROKE OFF")
PLAYING, WAITING = Words("đang chạy …", "under way …"), "·"
SUM = Words(
    "Có bảo vệ: {held}/{all} đứng vững. Bỏ bảo vệ: {lost}/{all} hỏng. {seconds:.0f} giây.",
    "With their guard {held} of {all} hold; without it {lost} of {all} lose. {seconds:.0f} s.",
)
CLEAR_BELOW, UP = "\x1b[J", "\x1b[{}A"
LINES_PER_ROW, LINES_AROUND = 3, 5


@dataclass
class Cell:
    """One play: not begun, under way, or over with a verdict and the numbers behind it."""

    text: str = WAITING
    good: bool | None = None


@dataclass
class Row:
    """One scenario, played twice."""

    number: int
    scenario: Scenario
    off: Cell
    on: Cell
    seconds: float = 0.0

    def lines(self) -> list[str]:
        seconds = f"{self.seconds:4.0f} s" if self.seconds else ""
        indent = max(len(OFF.say()), len(ON.say()))
        return [
            f"{self.number:>2}  {self.scenario.name():<58} {seconds:>7}".rstrip(),
            f"      {OFF.say():<{indent}}  {self.off.text}",
            f"      {ON.say():<{indent}}  {self.on.text}",
        ]


class Table:
    """A row for each scenario; each change shows."""

    def __init__(self, scenarios: Sequence[Scenario], out: TextIO = sys.stdout):
        self.rows = [Row(number, scenario, Cell(), Cell()) for number, scenario in enumerate(scenarios, 1)]
        self._out, self._drawn, self._began = out, 0, time.monotonic()
        has_room = shutil.get_terminal_size().lines >= len(self.rows) * LINES_PER_ROW + LINES_AROUND
        self._is_live = out.isatty() and os.environ.get("TERM", "dumb") != "dumb" and has_room

    def begin(self) -> None:
        self._out.write(f"\n{TITLE.say()}\n\n")
        self._show()

    def playing(self, row: Row, *, guarded: bool) -> None:
        (row.on if guarded else row.off).text = PLAYING.say()
        self._show()

    def over(self, row: Row, *, guarded: bool, kept: bool, sentence: str, seconds: float, went_wrong: bool = False) -> None:
        cell = row.on if guarded else row.off
        cell.good = kept is guarded and not went_wrong
        verdict = (HOLDS if kept else FAILS) if guarded else (SURVIVES if kept else LOSES)
        cell.text = f"{'✓' if cell.good else '✗'} {(BROKE_OFF if went_wrong else verdict).say()}: {sentence}"
        row.seconds += seconds
        self._show()
        if guarded and not self._is_live:
            self._write(row.lines())

    @property
    def proves(self) -> bool:
        """Every guard holds, and every one is needed."""
        return all(cell.good for row in self.rows for cell in (row.off, row.on))

    def end(self) -> None:
        held = sum(bool(row.on.good) for row in self.rows)
        lost = sum(bool(row.off.good) for row in self.rows)
        seconds = time.monotonic() - self._began
        self._write(["", SUM.say(held=held, lost=lost, all=len(self.rows), seconds=seconds)])

    def _show(self) -> None:
        """Draw the table over itself."""
        if not self._is_live:
            return
        lines = [line for row in self.rows for line in row.lines()]
        if self._drawn:
            self._out.write(UP.format(self._drawn) + CLEAR_BELOW)
        self._write(lines)
        self._drawn = len(lines)

    def _write(self, lines: list[str]) -> None:
        self._out.write("\n".join(lines) + "\n")
        self._out.flush()
