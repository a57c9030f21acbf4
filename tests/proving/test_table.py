"""What a visitor reads: in place on a terminal, line by line elsewhere, in both languages."""

import io

import pytest

from tests.proving.playing import Result
from tests.proving.scenarios.last_units import LastUnits
from tests.proving.table import CLEAR_BELOW, Table
from tests.proving.tally import Tally

SOLD_TOO_MUCH, SOLD_WHAT_THERE_IS = "64 sold of 50", "50 sold of 50"


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LINES", "50")


def played(out, *, off_kept=False, on_kept=True, off_went_wrong=False):
    table = Table([LastUnits()], out)
    table.begin()
    (row,) = table.rows
    table.playing(row, guarded=False)
    table.over(row, guarded=False, kept=off_kept, sentence=SOLD_TOO_MUCH, seconds=2, went_wrong=off_went_wrong)
    table.playing(row, guarded=True)
    table.over(row, guarded=True, kept=on_kept, sentence=SOLD_WHAT_THERE_IS, seconds=3)
    table.end()
    return table


def test_the_table_is_redrawn_on_a_terminal():
    out = Terminal()
    played(out)

    assert out.getvalue().count(CLEAR_BELOW) == 4
    last = out.getvalue().rsplit(CLEAR_BELOW, 1)[1]
    assert "200 buyers, stock of 50" in last
    assert "without its guard  ✓ loses: 64 sold of 50" in last
    assert "with its guard     ✓ holds: 50 sold of 50" in last
    assert "With their guard 1 of 1 hold; without it 1 of 1 lose." in last


def test_the_table_is_not_redrawn_where_it_does_not_fit(monkeypatch):
    monkeypatch.setenv("LINES", "6")
    out = Terminal()
    played(out)

    assert CLEAR_BELOW not in out.getvalue()


def test_elsewhere_a_finished_row_is_printed_once():
    out = io.StringIO()
    played(out)

    assert "\x1b" not in out.getvalue()
    assert out.getvalue().count("200 buyers, stock of 50") == 1


def test_the_table_speaks_the_language_of_whoever_looks_on(monkeypatch):
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    out = io.StringIO()
    played(out)

    assert "200 người tranh 50 món" in out.getvalue()
    assert "Có bảo vệ: 1/1 đứng vững. Bỏ bảo vệ: 1/1 hỏng." in out.getvalue()


@pytest.mark.parametrize(
    ("outcome", "proves", "word"),
    [
        ({}, True, "✓ holds"),
        ({"on_kept": False}, False, "✗ FAILS"),
        ({"off_kept": True}, False, "✗ DOES NOT LOSE"),
        ({"off_went_wrong": True}, False, "✗ BROKE OFF"),
    ],
)
def test_the_table_proves_only_what_loses_without_and_holds_with(outcome, proves, word):
    out = io.StringIO()
    table = played(out, **outcome)

    assert table.proves is proves
    assert word in out.getvalue()


def result(*, kept, went_wrong=False, broken=0):
    return Result(kept, "", broken, 1.0, went_wrong)


@pytest.mark.parametrize(
    ("twin", "rounds", "good"),
    [
        (result(kept=False), [result(kept=True)] * 2, True),
        (result(kept=False), [result(kept=True), result(kept=False)], False),
        (result(kept=True), [result(kept=True)], False),
        (result(kept=False, went_wrong=True), [result(kept=True)], False),
    ],
)
def test_a_tally_is_good_when_every_round_held_and_the_twin_lost(twin, rounds, good):
    tally = Tally()
    line = tally.begin(LastUnits(), wanted=len(rounds))
    tally.add(line, twin, guarded=False)
    for one in rounds:
        tally.add(line, one, guarded=True)

    assert tally.is_good is good
    assert f"{len(rounds)}/{len(rounds)}" in tally.lines()[1]


def test_a_mutant_that_gets_through_spoils_the_tally():
    tally = Tally()
    tally.mutants(False, 200)

    assert not tally.is_good
