"""The scheduler's tasks read the clock and make one call; what has more work than fits rings for the next walk."""

import pytest

from shop.common import clock
from shop.domain.ordering import tasks

# Each task, and what it calls.
CALLS = [
    ("cancel_overdue_holds", ["cancel_parcels_held_too_long"]),
    ("finish_certificate_stops", ["settle_unfinished_stops"]),
    ("finish_producer_stops", ["settle_unfinished_producer_stops"]),
    ("expire_orders", ["close_unwanted_attempts", "expire_due_orders"]),
    ("submit_refunds", ["submit_due_refunds"]),
    ("reconcile_payments", ["reconcile"]),
    ("close_parcels", ["settle_silent_returns", "bring_home_silent_parcels", "close_due_parcels"]),
    ("find_missed_reports", ["find_missed"]),
    ("forget_old_networks", ["forget_networks"]),
    ("deliver_silent", ["deliver_silent_parcels"]),
]


@pytest.mark.parametrize(("task", "names"), CALLS)
def test_a_task_calls_with_the_present_and_says_how_many(monkeypatch, task, names):
    before, called = clock.now(), []
    for name in names:
        monkeypatch.setattr(tasks, name, lambda *, now, name=name: called.append((name, now)) or len(called))

    answer = getattr(tasks, task)()

    assert [name for name, _ in called] == names
    assert all(before <= now <= clock.now() for _, now in called)
    assert answer == (None if task.startswith("finish_") else len(names))


@pytest.fixture
def rings(monkeypatch):
    rung = []
    monkeypatch.setattr(tasks, "ring_bell", rung.append)
    return rung


def work(monkeypatch, name, most):
    """There is work for so many calls."""
    left = iter(range(most))
    monkeypatch.setattr(tasks, name, lambda **_: next(left, None) is not None)


@pytest.mark.parametrize(("seconds", "heard", "rung"), [(60.0, 3, []), (-1.0, 1, [tasks.HEAR_TASK])])
def test_reports_are_heard_until_none_is_left_or_the_time_is_over(monkeypatch, rings, seconds, heard, rung):
    monkeypatch.setattr(tasks, "WALK_SECONDS_MAX", seconds)
    work(monkeypatch, "hear_next", 3)

    assert (tasks.hear_reports(), rings) == (heard, rung)


@pytest.mark.parametrize(("seconds", "rung"), [(60.0, []), (-1.0, [tasks.BULK_TASK])])
def test_bulk_acts_go_on_until_all_is_done_or_the_time_is_over(monkeypatch, rings, seconds, rung):
    monkeypatch.setattr(tasks, "WALK_SECONDS_MAX", seconds)
    work(monkeypatch, "carry_out_bulk_acts", 2)

    tasks.carry_out_approved_acts()

    assert rings == rung
