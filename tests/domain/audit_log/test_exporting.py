import csv
import io

import pytest

from shop.common import clock
from shop.domain.audit_log import exporting
from shop.domain.audit_log.exporting import export_entries
from shop.domain.audit_log.models import AuditEntry
from shop.domain.audit_log.recording import Subject
from shop.domain.producers.staff import actor_of
from tests.factories import make_officer
from tests.factories.office import make_entry

pytestmark = pytest.mark.django_db


def export(user):
    text = export_entries(
        entries=AuditEntry.objects.order_by("-pk"),
        names={user.pk: "Trần Lan"},
        subject=Subject("export", "audit", "CSV"),
        actor=actor_of(user=user),
        asked="q=che",
        now=clock.now(),
    )
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def test_the_file_says_who_what_and_both_values():
    officer = make_officer()
    make_entry(user=officer, old={"status": "active"}, new={"status": "suspended"}, reason="Hồ sơ giả")

    (row,) = export(officer)

    assert (row["actor"], row["actor_name"], row["action"]) == (f"user:{officer.pk}", "Trần Lan", "producer.suspended")
    assert (row["old"], row["new"], row["reason"]) == ('{"status": "active"}', '{"status": "suspended"}', "Hồ sơ giả")


def test_formulas_stay_text():
    make_entry(label="=HYPERLINK(1)", reason="@SUM(1)")

    (row,) = export(make_officer())

    assert (row["label"], row["reason"]) == ("'=HYPERLINK(1)", "'@SUM(1)")


def test_taking_the_file_is_written_down_and_the_file_is_capped(monkeypatch):
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    for _ in range(3):
        make_entry()
    officer = make_officer()

    rows = export(officer)

    told = AuditEntry.objects.latest("pk")
    assert len(rows) == 2
    assert (told.action, told.actor_id, told.detail["rows"], told.detail["query"]) == ("audit.exported", officer.pk, 2, "q=che")
