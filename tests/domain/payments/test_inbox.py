"""The inbox: once per event, one worker per event, back again when a worker dies."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.payments.inbox import UNKNOWN, Report, claim_next, finish, oldest_unprocessed_age, put_off, write_down
from shop.domain.payments.models import WebhookEvent

pytestmark = pytest.mark.django_db
NOW = clock.now()


def report(number=1, **changed):
    values = {"provider": "stripe", "event_id": f"evt_{number}", "type": "charge.updated", "object_id": "ch_1"}
    return Report(**(values | {"is_live": False, "payload": {}} | changed))


def test_the_same_event_is_one_row_and_another_provider_s_is_another():
    for provider in ("stripe", "stripe", "bank"):
        write_down(report=report(provider=provider), now=NOW)

    assert WebhookEvent.objects.count() == 2


def test_a_claimed_event_is_nobody_else_s_until_the_claim_ends():
    write_down(report=report(), now=NOW)

    assert claim_next(now=NOW).event.event_id == "evt_1"
    assert claim_next(now=NOW + timedelta(seconds=59)) is None
    assert claim_next(now=NOW + timedelta(seconds=61)).event.attempts == 2


def test_reading_an_object_does_for_what_was_said_of_it_before():
    for number in range(3):
        write_down(report=report(number), now=NOW)
    write_down(report=report(7, object_id="ch_2"), now=NOW)
    write_down(report=report(8, type="charge.refunded"), now=NOW)

    finish(claim=claim_next(now=NOW), now=NOW)

    assert set(WebhookEvent.objects.filter(state="new").values_list("event_id", flat=True)) == {"evt_7", "evt_8"}


def test_what_comes_while_an_object_is_read_is_read_again():
    write_down(report=report(1), now=NOW)
    claim = claim_next(now=NOW)
    write_down(report=report(2), now=NOW)

    finish(claim=claim, now=NOW)

    assert claim_next(now=NOW).event.event_id == "evt_2"


def test_pauses_grow_and_end_after_a_day():
    write_down(report=report(), now=NOW)
    now, pauses = NOW, []
    while claim := claim_next(now=now):
        if not put_off(claim=claim, reason="x", now=now):
            break
        due = WebhookEvent.objects.get().available_at
        pauses.append(int((due - now).total_seconds()))
        now = due

    event = WebhookEvent.objects.get()
    assert pauses[:5] == [15, 30, 60, 120, 240]
    assert max(pauses) == 3600
    assert (event.state, event.processed_at) == ("failed", now)
    assert now - NOW >= timedelta(hours=24)


def test_what_a_report_tells_of_people_is_not_kept():
    about = {
        "id": "cs_1",
        "amount_total": 5,
        "customer_details": {"email": "a@b.vn"},
        "lines": [{"shipping": {"name": "A"}, "n": 1}],
    }
    write_down(report=report(payload={"data": {"object": about}}), now=NOW)

    assert WebhookEvent.objects.get().payload == {"data": {"object": {"id": "cs_1", "amount_total": 5, "lines": [{"n": 1}]}}}


def test_what_is_done_stays_as_it_was_done():
    write_down(report=report(), now=NOW)
    claim, later = claim_next(now=NOW), NOW + timedelta(hours=1)
    put_off(claim=claim, reason="away", now=NOW)
    finish(claim=claim, now=NOW)
    done = WebhookEvent.objects.values().get()
    assert (done["state"], done["processed_at"], done["last_error"]) == ("done", NOW, "")

    # A second worker, whose claim had ended.
    finish(claim=claim, now=later, state="ignored")
    put_off(claim=claim, reason="x", now=later)

    assert claim_next(now=later) is None
    assert WebhookEvent.objects.values().get() == done


def test_what_is_done_is_not_claimed_with_what_came_later():
    for number in range(2):
        write_down(report=report(number), now=NOW)
        if number == 0:
            finish(claim=claim_next(now=NOW), now=NOW)
    write_down(report=report(3, provider="bank"), now=NOW)

    later = NOW + timedelta(hours=1)
    assert claim_next(now=later).ids == (WebhookEvent.objects.get(event_id="evt_1").pk,)


def test_only_what_waits_for_us_is_late():
    assert oldest_unprocessed_age(now=NOW) is None
    for number, (minutes, reason) in enumerate([(30, UNKNOWN), (20, "no answer"), (10, "")]):
        write_down(report=report(number, object_id=f"ch_{number}"), now=NOW - timedelta(minutes=minutes))
        WebhookEvent.objects.filter(event_id=f"evt_{number}").update(attempts=bool(reason), last_error=reason)
    write_down(report=report(9), now=NOW - timedelta(hours=1))
    WebhookEvent.objects.filter(event_id="evt_9").update(state="done")

    assert oldest_unprocessed_age(now=NOW) == timedelta(minutes=20)
    WebhookEvent.objects.filter(last_error="no answer").update(state="failed")
    assert oldest_unprocessed_age(now=NOW) == timedelta(minutes=10)
