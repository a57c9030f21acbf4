"""Every invariant is broken once, on purpose, and must be named; the twin of a check that never finds anything."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from shop.common import clock
from shop.domain.certificates.acts import Ground, lift_suspension, suspend_certificate
from shop.domain.certificates.models import Certificate
from shop.domain.ledger.models import MoneyAudit
from shop.domain.ordering.cancelling import cancel_parcel
from shop.domain.ordering.fulfilling import confirm_parcel, deliver_parcel, ship_parcel
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import MoneyAlert
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import INVARIANTS, broken_invariants
from shop.operations.invariants.books import BOOKS
from shop.operations.invariants.payouts import PAYOUTS
from shop.operations.invariants.returns import RETURNS
from shop.operations.invariants.settlement import SETTLEMENT
from shop.operations.invariants.vouchers import VOUCHERS
from shop.operations.tasks import audit_money
from tests.factories import make_listing, make_officer, make_order, make_producer

pytestmark = pytest.mark.django_db

HARM = {
    "reserved stock is between nothing and what is on hand": "UPDATE partner_stockrecord SET num_in_stock = 0",
    "reserved stock is the sum of open allocations": "UPDATE partner_stockrecord SET num_allocated = num_allocated + 1",
    "stock is the sum of its movements": "UPDATE partner_stockrecord SET num_in_stock = num_in_stock + 1",
    "a line gives each of its units back once at most": "UPDATE stock_stockmovement SET reserved_change = reserved_change - 1",
    "an open parcel holds the stock of its lines and no other parcel does": "UPDATE parcels_parcel SET status = 'cancelled'",
    "a basket becomes at most one order": "UPDATE order_order SET basket_id = (SELECT min(basket_id) FROM order_order)",
    "an order has lines": "UPDATE order_line SET order_id = (SELECT min(id) FROM order_order)",
    "an order total is its lines and shipping less discounts": "UPDATE order_order SET total_incl_tax = total_incl_tax + 1",
    "an order is the sum of its parcels": "UPDATE parcels_parcel SET shipping_vnd = shipping_vnd + 1",
    "a parcel is the sum of its lines": "UPDATE parcels_parcel SET goods_vnd = goods_vnd - 1",
    "a line costs its unit price times its quantity": "UPDATE order_line SET unit_price_incl_tax = unit_price_incl_tax + 1",
    "money is whole dong": "UPDATE order_line SET line_price_incl_tax = line_price_incl_tax + 0.5",
    "a line is in one parcel, of its order and of its producer": "UPDATE order_line SET parcel_id = NULL",
    "a parcel moves along the edges of its life only": "UPDATE parcels_parcelevent SET from_status = 'shipped'",
    "a parcel is where its last event left it": "UPDATE parcels_parcel SET status = 'on_hold'",
    "a placed order tells its buyer": "DELETE FROM notifications_outboxmessage WHERE kind = 'order_placed'",
    "a line is sold under a certificate that is valid on that day": "UPDATE certificates_certificate SET valid_until = issued_on",
    "nothing is sold between a stop of its certificate and the lifting of it": """
        INSERT INTO certificates_certificateevent (certificate_id, at, action, detail)
        SELECT id, now(), 'revoked', '{"last_line_sold": 0}' FROM certificates_certificate
    """,
    "a payment gives back no more than it took and takes no more than was asked": "UPDATE payments_payment SET refunded_vnd = 1",
    "an order has at most one open payment": """
        CREATE TEMPORARY TABLE again AS SELECT * FROM payments_payment;
        UPDATE again SET id = id + 1000;
        INSERT INTO payments_payment SELECT * FROM again
    """,
    "cash at the door is asked for the parcels that come and taken for those that came": (
        "UPDATE payments_payment SET amount_vnd = amount_vnd - 1"
    ),
}


@pytest.fixture
def orders():
    tea = make_listing("Chè Tân Cương", stock=20)
    honey = make_listing("Mật ong bạc hà", producer=make_producer("HTX Ong Tuấn Dũng"))
    return [make_order((tea, 2), (honey, 1)), make_order((tea, 1))]


def without_promises():
    """The database keeps most of these by itself; to see the query at work its constraints go, in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conrelid::regclass, conname FROM pg_constraint"
            " WHERE contype IN ('c', 'u') AND connamespace = current_schema::regnamespace"
            " UNION ALL SELECT NULL, indexname FROM pg_indexes WHERE indexname LIKE 'an_order_has_at_most%'"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"' if table else f'DROP INDEX "{name}"')
        cursor.execute("SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE tgname ~ '(is_append_only|_balances)$'")
        for table, name in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}" ON {table}; GRANT UPDATE, DELETE ON {table} TO CURRENT_USER')


def test_all_invariants_hold_through_an_order_s_life(orders):
    now = clock.now()
    first, second, third = Parcel.objects.order_by("pk")
    for parcel in (first, second):
        confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=now)
        ship_parcel(parcel_id=parcel.pk, carrier="VNPost", tracking_number="EE1", actor=SYSTEM, now=now)
    deliver_parcel(parcel_id=first.pk, actor=SYSTEM, now=now)
    cancel_parcel(parcel_id=third.pk, reason="Đổi ý", actor=SYSTEM, now=now)

    assert broken_invariants() == []


def test_selling_before_a_stop_and_after_its_end_is_right():
    tea = make_listing()
    certificate = tea.certificate
    words = {
        "certificate_id": certificate.pk,
        "ground": Ground("Nhãn sai", clock.today()),
        "actor": actor_of(user=make_officer()),
        "now": clock.now(),
    }
    make_order((tea, 1))
    suspend_certificate(**words)
    lift_suspension(**words)
    make_order((tea, 1))

    assert broken_invariants() == []


def test_selling_in_spite_of_a_suspension_is_found():
    tea = make_listing()
    actor = actor_of(user=make_officer())
    words = {"ground": Ground("Nhãn sai", clock.today()), "actor": actor, "now": clock.now()}
    suspend_certificate(certificate_id=tea.certificate_id, **words)
    Certificate.objects.update(stored_state="active", stopped_on=None)
    make_order((tea, 1))

    assert {broken.invariant for broken in broken_invariants()} == {
        "nothing is sold between a stop of its certificate and the lifting of it"
    }


def test_every_invariant_has_its_harm():
    # Books, settlement and payouts have files of their own.
    assert set(HARM) == set(INVARIANTS) - set(BOOKS) - set(SETTLEMENT) - set(PAYOUTS) - set(VOUCHERS) - set(RETURNS)


@pytest.mark.parametrize("invariant", HARM, ids=str)
def test_a_broken_invariant_is_named(invariant, orders):
    without_promises()
    connection.cursor().execute(HARM[invariant])

    named = {broken.invariant for broken in broken_invariants()}

    assert invariant in named


def test_audit_money_says_that_all_is_well(orders):
    out = StringIO()

    call_command("audit_money", stdout=out)

    assert out.getvalue() == f"✓ {len(INVARIANTS)} invariants hold\n"


def test_what_was_found_is_kept_for_the_office(orders):
    call_command("audit_money", stdout=StringIO())
    connection.cursor().execute(HARM["a placed order tells its buyer"])
    assert audit_money() == 2

    red, green = MoneyAudit.objects.all()
    assert (green.break_count, green.invariant_count) == (0, len(INVARIANTS))
    assert red.breaks == {"a placed order tells its buyer": 2}
    assert audit_money() == 2
    assert MoneyAlert.objects.get().detail["breaks"] == red.breaks


def test_audit_money_names_what_is_broken_and_ends_with_1(orders):
    connection.cursor().execute(HARM["a placed order tells its buyer"])
    out = StringIO()

    with pytest.raises(SystemExit) as ending:
        call_command("audit_money", stdout=out)

    assert ending.value.code == 1
    assert "✗ a placed order tells its buyer: broken 2 times" in out.getvalue()
    assert f"order {orders[0].pk}: {orders[0].number}" in out.getvalue()
