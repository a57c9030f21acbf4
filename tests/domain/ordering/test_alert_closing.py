"""Rows of the money work list: closed once, with a note, and only where no money waits."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ordering.alert_closing import NEED_AN_ACT, AlertClosed, NeedsItsAct, close_alert
from shop.domain.payments.alerting import raise_alert
from shop.domain.producers.staff import actor_of
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
NOW = clock.now()


def test_a_row_is_closed_with_its_note_and_no_other_row():
    officer = actor_of(user=make_officer())
    row, other = (raise_alert(key=key, kind="forged_webhook", now=NOW) for key in "ab")

    close_alert(alert_id=row.pk, note="  Đã hỏi ngân hàng ", actor=officer, now=NOW)

    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.closed_at, row.closed_by_id, row.outcome, other.closed_at) == (NOW, officer.user_id, "closed", None)
    entry = AuditEntry.objects.get(action="alert.closed")
    assert (entry.object_type, entry.object_id, entry.label) == ("money_alert", str(row.pk), "forged_webhook")
    assert (entry.actor_id, entry.at, entry.reason) == (officer.user_id, NOW, "Đã hỏi ngân hàng")


def test_a_closed_row_keeps_who_closed_it():
    row = raise_alert(key="a", kind="forged_webhook", now=NOW)
    first, second = (actor_of(user=make_officer(email=f"{name}@example.vn")) for name in ("mot", "hai"))
    close_alert(alert_id=row.pk, note="x", actor=first, now=NOW)

    with pytest.raises(AlertClosed):
        close_alert(alert_id=row.pk, note="y", actor=second, now=NOW + timedelta(hours=1))
    row.refresh_from_db()
    assert (row.closed_by_id, row.closed_at) == (first.user_id, NOW)


@pytest.mark.parametrize("kind", sorted(NEED_AN_ACT))
def test_a_note_moves_no_money(kind):
    row = raise_alert(key="a", kind=kind, now=NOW)

    with pytest.raises(NeedsItsAct):
        close_alert(alert_id=row.pk, note="xong", actor=actor_of(user=make_officer()), now=NOW)
    row.refresh_from_db()
    assert row.closed_at is None
