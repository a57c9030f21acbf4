"""The table: figures with as many digits as mean something, and goals that say whether they are reached."""

from shop.operations.bench.operation import Goal
from shop.operations.bench.table import Row, lay_out, written

GOALS = (Goal("python_ms", most=8.5), Goal("rate_many", least=50))


def test_written_keeps_the_digits_that_mean_something():
    assert [written(value) for value in (None, 4.0, 0.254, 7.46, 554.4, 5300.2)] == ["–", "4", "0.25", "7.5", "554", "5,300"]


def test_a_row_says_of_each_goal_whether_it_is_reached():
    row = Row("list", 10_000, {"python_ms": 8.5, "rate_many": 49.9}, GOALS)

    assert row.cells()[-1] == "Python ms ≤ 8.5 ✓, /s at 8 ≥ 50 ✗"


def test_a_row_that_was_not_measured_claims_nothing():
    assert Row("events", goals=GOALS, remarks=["to come"]).cells()[-1] == "to come"


def test_lay_out_gives_every_line_the_same_width():
    lines = lay_out([Row("list", 10_000, {"python_ms": 8.5}), Row("a much longer name", remarks=["to come"])])

    assert len(lines) == 4
    assert len({len(line) for line in lines}) == 1
