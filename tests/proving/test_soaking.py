"""Many rounds: the twin first, then as many as asked for and time allows; and children that bring the spoilt lists."""

import inspect
import math
import re
from string import Formatter

import pytest

from tests.proving import soaking
from tests.proving.playing import Result
from tests.proving.programme import PROVE, SOAK, Series
from tests.proving.scenarios.last_units import HotShelf, LastUnits
from tests.proving.tally import Tally


@pytest.fixture
def plays(monkeypatch):
    """What is played, without playing it: everything holds with its guard and loses without it."""
    played = []
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def play(scenario, _stage, *, guarded):
        played.append((scenario, guarded))
        return Result(guarded, "", 0, 1.0)

    monkeypatch.setattr(soaking, "play_row", play)
    return played


def test_the_twin_comes_first_and_every_round_has_dice_of_its_own(plays, capsys):
    tally = Tally()

    soaking.soak(Series(HotShelf(), rounds=3), None, tally, rounds=3, stop_at=math.inf)

    assert [(scenario.seed, guarded) for scenario, guarded in plays] == [(0, False), (1, True), (2, True), (3, True)]
    assert tally.is_good
    assert capsys.readouterr().out.count("audit: 0") == 4


def test_no_round_begins_when_time_is_over(plays):
    tally = Tally()

    soaking.soak(Series(LastUnits(), rounds=3), None, tally, rounds=3, stop_at=0)

    assert plays == []
    assert "0/3" in tally.lines()[1]


def test_a_soak_has_every_scenario_of_the_proof():
    assert {type(series.scenario) for series in SOAK} >= {type(scenario) for scenario in PROVE}


@pytest.mark.parametrize(
    "scenario", {type(series.scenario): series.scenario for series in SOAK}.values(), ids=lambda one: one.guard
)
def test_both_languages_name_the_same_numbers(scenario):
    for words in (scenario.title, scenario.said):
        numbers = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (words.vi, words.en)]
        assert numbers[0] == numbers[1]
        assert numbers[0] <= set(scenario.sizes()) | set(re.findall(r'"(\w+)":', inspect.getsource(type(scenario).play)))
