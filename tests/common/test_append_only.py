"""Histories stay as they were written, whoever asks the database to change them."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from shop.common import clock
from shop.domain.certificates.acts import Ground, suspend_certificate
from shop.domain.certificates.models import CertificateEvent
from shop.domain.parcels.models import Parcel
from shop.domain.people.models import User
from shop.domain.producers.staff import actor_of
from tests.factories import make_listing, make_officer, make_order

pytestmark = pytest.mark.django_db

TABLES = ("audit_log_auditentry", "certificates_certificateevent", "parcels_parcelevent", "stock_stockmovement")


@pytest.fixture
def histories():
    """A row in each of the tables."""
    listing = make_listing()
    make_order((listing, 1))
    actor = actor_of(user=make_officer())
    suspend_certificate(certificate_id=listing.certificate_id, ground=Ground("thử", clock.today()), actor=actor, now=clock.now())


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET at = now()", "DELETE FROM {table}"])
def test_the_database_refuses_to_change_history(histories, table, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET at = now()", "DELETE FROM {table}"])
def test_the_trigger_refuses_even_the_owner_of_all_rights(histories, table, statement):
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT UPDATE, DELETE ON {table} TO CURRENT_USER")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=table))


def test_an_officer_may_go_and_what_they_did_stays(histories):
    event = CertificateEvent.objects.latest("pk")
    who = event.actor_id

    User.objects.get(pk=who).delete()

    assert CertificateEvent.objects.get(pk=event.pk).actor_id == who


def test_a_parcel_with_a_history_is_not_deleted(histories):
    with pytest.raises(ProtectedError):
        Parcel.objects.get().delete()
