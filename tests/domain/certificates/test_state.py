"""A star is a function of the day: the last valid day counts, a stop counts from its first day."""

from datetime import date

import pytest

from shop.domain.certificates.models import Certificate
from shop.domain.certificates.state import (
    VALID_STATES,
    LiveState,
    Standing,
    live_state,
    standing_on,
    valid_on,
    view_of,
    was_valid_on,
)
from tests.factories import make_certificate

ISSUED, LAST, EXTENDED = date(2023, 11, 23), date(2026, 11, 23), date(2027, 5, 20)
STOPPED = date(2025, 3, 1)


def certificate_of(**fields):
    return Certificate(**{"issued_on": ISSUED, "valid_until": LAST, "stars": 4, **fields})


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2023, 11, 22), LiveState.EXPIRED),
        (ISSUED, LiveState.VALID),
        (date(2026, 8, 24), LiveState.VALID),
        (date(2026, 8, 25), LiveState.EXPIRING),
        (LAST, LiveState.EXPIRING),
        (date(2026, 11, 24), LiveState.EXPIRED),
    ],
)
def test_live_state_goes_by_the_day(day, state):
    assert live_state(certificate_of(), today=day) == state


def test_live_state_is_extended_to_its_last_day():
    extended = certificate_of(extended_until=EXTENDED, extension_reason="Đang đánh giá lại")

    states = [live_state(extended, today=day) for day in (LAST, date(2026, 11, 24), EXTENDED, date(2027, 5, 21))]

    assert states == [LiveState.EXPIRING, LiveState.EXTENDED, LiveState.EXTENDED, LiveState.EXPIRED]


@pytest.mark.parametrize(("stored", "state"), [("suspended", LiveState.SUSPENDED), ("revoked", LiveState.REVOKED)])
def test_live_state_of_a_stopped_certificate_is_what_was_stored(stored, state):
    assert live_state(certificate_of(stored_state=stored, stopped_on=STOPPED), today=date(2026, 1, 1)) == state


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2023, 11, 22), Standing.NOT_YET),
        (ISSUED, Standing.VALID),
        (LAST, Standing.VALID),
        (date(2026, 11, 24), Standing.EXTENDED),
        (EXTENDED, Standing.EXTENDED),
        (date(2027, 5, 21), Standing.OVER),
    ],
)
def test_standing_names_every_part_of_a_life(day, standing):
    assert standing_on(certificate_of(extended_until=EXTENDED), day=day) == standing


def test_certificate_was_valid_until_the_day_it_was_stopped():
    revoked = certificate_of(stored_state="revoked", stopped_on=STOPPED)

    assert was_valid_on(revoked, day=date(2025, 2, 28))
    assert not was_valid_on(revoked, day=STOPPED)


def test_a_lifted_suspension_leaves_no_mark():
    lifted = certificate_of(stored_state="active", stopped_on=STOPPED)

    assert was_valid_on(lifted, day=date(2025, 6, 1))


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2023, 11, 22), ISSUED, LAST, date(2026, 11, 24), EXTENDED, date(2027, 5, 21)])
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"extended_until": EXTENDED, "extension_reason": "Đang đánh giá lại"},
        {"stored_state": "suspended", "stopped_on": STOPPED},
        {"stored_state": "revoked", "stopped_on": STOPPED},
    ],
)
def test_sql_and_python_agree_on_every_day(day, fields):
    certificate = make_certificate(issued_on=ISSUED, valid_until=LAST, **fields)

    in_sql = Certificate.objects.filter(valid_on(day=day)).exists()

    assert in_sql == (live_state(certificate, today=day) in VALID_STATES)


@pytest.mark.django_db
def test_view_counts_days_and_used_share():
    certificate = make_certificate(issued_on=ISSUED, valid_until=LAST)

    view = view_of(certificate, today=date(2025, 5, 24))

    assert (view.days_left, view.used_share, view.ends_on, view.is_valid) == (548, 50, LAST, True)
