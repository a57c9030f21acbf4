from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.audit_log.refusals import MOST_IN_AN_HOUR, record_refusal
from shop.domain.producers.staff import actor_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def refuse(user, now):
    return record_refusal(actor=actor_of(user=user), address="office_desk:home", method="GET", status=404, now=now)


def test_a_crawler_fills_an_hour_and_no_more():
    crawler, other, now = make_user(), make_user(), clock.now()

    written = [refuse(crawler, now) for _ in range(MOST_IN_AN_HOUR + 5)]

    assert written == [True] * MOST_IN_AN_HOUR + [False] * 5
    assert AuditEntry.objects.latest("pk").detail["further_ones_left_out"] is True
    assert refuse(other, now) is True
    assert refuse(crawler, now + timedelta(minutes=61)) is True
