"""A guard holds every time; a missing one has three chances to lose."""

import pytest

from tests.proving import playing
from tests.proving.playing import Result, play_row


@pytest.mark.parametrize(
    ("guarded", "kept", "played"),
    [
        (False, [False], 1),
        (False, [True, True, False], 3),
        (False, [True, True, True, False], 3),
        (True, [True, False], 1),
        (True, [False, True], 1),
    ],
)
def test_who_has_how_many_chances(monkeypatch, guarded, kept, played):
    plays = []

    def play(_scenario, _stage, *, guarded):
        plays.append(guarded)
        return Result(kept[len(plays) - 1], "", 0, 0.0)

    monkeypatch.setattr(playing, "play", play)

    assert play_row(None, None, guarded=guarded).kept is kept[played - 1]
    assert plays == [guarded] * played
