"""A shop that sold before it kept books has them afterwards, and they are right."""

from importlib import import_module

import pytest
from django.db import connection

from shop.common import clock
from shop.domain.ledger.models import ParcelSplit, Transaction
from shop.domain.ledger.posting import balance_of
from shop.domain.ordering.fulfilling import confirm_parcel, deliver_parcel, ship_parcel
from shop.domain.people.actor import SYSTEM
from shop.operations.invariants import broken_invariants
from tests.factories import make_listing, make_order
from tests.operations.test_invariants import without_promises

migration = import_module("shop.domain.ledger.migrations.0004_splits_of_earlier_parcels")
BEFORE = "DELETE FROM ledger_entry; DELETE FROM ledger_transaction; DELETE FROM ledger_commissionshare; DELETE FROM ledger_parcelsplit;"


@pytest.mark.django_db
def test_old_parcels_get_their_split_and_old_cash_its_account():
    listing, now = make_listing(), clock.now()
    sold, waiting = (make_order((listing, 1)).parcels.get() for _ in range(2))
    confirm_parcel(parcel_id=sold.pk, actor=SYSTEM, now=now)
    ship_parcel(parcel_id=sold.pk, carrier="VNPost", tracking_number="EE1", actor=SYSTEM, now=now)
    deliver_parcel(parcel_id=sold.pk, actor=SYSTEM, now=now)
    without_promises()

    with connection.cursor() as cursor:
        cursor.execute(BEFORE + "DELETE FROM ledger_account")
        cursor.execute(migration.SPLITS)
        cursor.execute(migration.CASH)

    assert set(ParcelSplit.objects.values_list("pk", flat=True)) == {sold.pk, waiting.pk}
    assert Transaction.objects.get().key == f"cod:{sold.pk}"
    assert balance_of("cod_carrier") == sold.total_vnd
    assert broken_invariants() == []
