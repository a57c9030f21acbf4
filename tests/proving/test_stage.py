"""The stage stands up again before every play, whatever the last one left lying."""

import pytest

from tests.proving.stage import Stage


class Server:
    """One that lies or stands."""

    def __init__(self, *, stands):
        self.stands, self.starts = stands, 0

    def answers(self):
        return self.stands

    def start(self):
        self.starts += 1


@pytest.mark.parametrize("lies", [(), ("postgres",), ("valkey",), ("postgres", "valkey")])
def test_what_lies_is_started_and_what_stands_is_left_alone(tmp_path, lies):
    stage = Stage(tmp_path)
    stage.postgres, stage.valkey = Server(stands="postgres" not in lies), Server(stands="valkey" not in lies)

    stage._stand_up()

    assert [name for name in ("postgres", "valkey") if getattr(stage, name).starts] == list(lies)
