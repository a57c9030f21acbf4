from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.audit_log.recording import Subject, record
from shop.domain.people.actor import Actor
from tests.factories.people import make_user

SUBJECT = Subject("producer", 7, "HTX Chè Tân Cương", province_code="19")


@pytest.fixture
def entry(db):
    return record(
        actor=Actor(user_id=make_user().pk),
        action="producer.suspended",
        subject=SUBJECT,
        now=clock.now(),
        old={"status": "active"},
        new={"status": "suspended", "since": date(2026, 11, 24)},
        reason="Hồ sơ giả ",
    )


def test_an_entry_says_who_what_where_why_and_what_was_there_before(entry):
    entry.refresh_from_db()
    assert (entry.object_type, entry.object_id, entry.label, entry.province_code) == ("producer", "7", SUBJECT.label, "19")
    assert entry.detail == {"old": {"status": "active"}, "new": {"status": "suspended", "since": "2026-11-24"}}
    assert entry.reason == "Hồ sơ giả"
    assert entry.actor is not None


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_log_auditentry SET reason = 'khác'", "DELETE FROM audit_log_auditentry"],
)
def test_the_database_refuses_to_change_history(entry, statement):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE audit_log_auditentry SET reason = 'khác'", "DELETE FROM audit_log_auditentry"])
def test_the_trigger_refuses_even_when_the_owner_takes_the_rights_back(entry, statement):
    with connection.cursor() as cursor:
        cursor.execute("GRANT UPDATE, DELETE ON audit_log_auditentry TO CURRENT_USER")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_person_may_go_and_the_entry_stays(entry):
    who = entry.actor_id
    entry.actor.delete()
    assert AuditEntry.objects.get(pk=entry.pk).actor_id == who
