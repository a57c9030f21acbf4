"""What a report leads to: done, ignored, put off with its reason, and after a day an alarm; the others go on."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.ordering import hearing
from shop.domain.ordering.hearing import hear_next, receive_report
from shop.domain.ordering.unknown_news import NotKnownYet
from shop.domain.payments.inbox import Report
from shop.domain.payments.models import MoneyAlert, WebhookEvent
from shop.domain.payments.provider import ProviderUnreachable

pytestmark = pytest.mark.django_db
NOW = clock.now()
DAY = timedelta(days=1)


def report(number=1):
    return Report("stripe", f"evt_{number}", "charge.updated", f"ch_{number}", is_live=False, payload={})


@pytest.fixture
def answer(monkeypatch):
    """Lets Stripe's hearer answer, or raise, what a test says."""
    monkeypatch.setattr(hearing, "ring_bell", lambda _task: None)

    def answer(what):
        def hear(_event, _now):
            if isinstance(what, Exception):
                raise what
            return what

        monkeypatch.setattr(hearing, "HEARERS", {"stripe": hear})
        receive_report(report=report(), now=NOW)

    return answer


def test_a_report_rings_for_a_worker(monkeypatch):
    rung = []
    monkeypatch.setattr(hearing, "ring_bell", rung.append)

    receive_report(report=report(), now=NOW)

    assert (rung, WebhookEvent.objects.get().event_id) == ([hearing.HEAR_TASK], "evt_1")


@pytest.mark.parametrize(("ours", "state"), [(True, "done"), (False, "ignored")])
def test_a_report_is_done_or_none_of_our_business(answer, ours, state):
    answer(ours)

    assert [hear_next(now=NOW), hear_next(now=NOW)] == [True, False]
    event = WebhookEvent.objects.get()
    assert (event.state, event.processed_at, event.last_error) == (state, NOW, "")


@pytest.mark.parametrize(
    ("error", "reason", "alarm"),
    [
        (NotKnownYet("cs_1"), "unknown: cs_1", "cs_1"),
        (ProviderUnreachable("timeout"), "timeout", None),
        (ProviderUnreachable(), "no answer", None),
        (KeyError("amount"), "KeyError: 'amount'", "KeyError"),
    ],
)
def test_a_report_that_cannot_be_done_waits_a_day_and_then_alarms(answer, error, reason, alarm):
    answer(error)

    assert hear_next(now=NOW)
    event = WebhookEvent.objects.get()
    assert (event.state, event.last_error, MoneyAlert.objects.count()) == ("new", reason, 0)
    assert hear_next(now=NOW + DAY)

    event.refresh_from_db()
    assert (event.state, event.last_error, event.processed_at) == ("failed", reason, NOW + DAY)
    told = [(one.key, one.kind, one.created_at, one.detail) for one in MoneyAlert.objects.all()]
    detail = {"type": "charge.updated", "object": "ch_1", "reason": alarm}
    wanted = [(f"event:{event.pk}:unknown_object", "unknown_object", NOW + DAY, detail)]
    assert told == (wanted if alarm else [])
