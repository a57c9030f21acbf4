"""The views of the contract against the ORM: what an outsider reads is what the shop means."""

import json
from datetime import date, timedelta

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from shop.common import clock
from shop.domain.certificates.acts import Ground, suspend_certificate
from shop.domain.certificates.models import Certificate, CertificateEvent
from shop.domain.certificates.state import live_state
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering.cancelling import cancel_order
from shop.domain.ordering.fulfilling import confirm_parcel
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Refund
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from shop.embedded.postgres import EmbeddedPostgres
from shop.operations.audit_views import create_views, drop_views, view_definitions, views_are_current
from shop.operations.models import ShopClock
from shop.oscar_forks.order.models import Line
from shop.oscar_forks.partner.models import StockRecord
from tests.factories import make_certificate, make_listing, make_officer, make_order, make_producer, make_user
from tests.factories.office import make_entry
from tests.factories.returns import make_delivered, make_received, make_return
from tests.factories.vouchers import make_voucher, order_with

pytestmark = pytest.mark.django_db

COLUMNS = {
    "stock": "stock_id product_id producer_id sku on_hand reserved free",
    "orders": "order_id number channel status payment_method goods_total shipping_total discount_total total basket_id"
    " buyer_id placed_at hold_until",
    "lines": "line_id order_id parcel_id product_id producer_id stock_id certificate_id stars quantity unit_price line_total",
    "parcels": "parcel_id order_id producer_id status goods_total shipping_total discount_total total",
    "payments": "payment_id order_id method status amount captured refunded provider_ref",
    "refunds": "refund_id payment_id order_id parcel_id status amount",
    "returns": "return_id parcel_id order_id producer_id state reason verdict goods_total shipping_total total refund_id"
    " amount shop_pays asked_at answered_at decided_at sent_back_at received_at",
    "ledger": "entry_id transaction_id transaction_kind account amount order_id posted_at",
    "outbox": "message_id key kind channel recipient order_id created_at sent_at attempts dead_at",
    "webhook_inbox": "event_id provider type state received_at processed_at",
    "certificates": "certificate_id authority decision_number issued_on valid_until extended_until stars stored_state"
    " live_state producer_id product_id",
    "credit": "company_id producer_id credit_limit used",
    "vouchers": "code usage_limit used",
    "events": "event_id at actor action object_type object_id detail",
}
EMPTY_FOR_NOW = ("credit",)
MONEY = {"goods_total", "shipping_total", "discount_total", "total", "unit_price", "line_total", "amount", "captured", "refunded"}


def rows_of(view, *, today=None):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('shop.today', %s, true)", [today.isoformat() if today else ""])
        cursor.execute(f"SELECT * FROM audit.{view} ORDER BY 1")  # noqa: S608  a name of the contract
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.fixture
def order():
    tea = make_listing("Chè Tân Cương", price_vnd=185_000, stock=20)
    honey = make_listing("Mật ong bạc hà", price_vnd=290_000, producer=make_producer("HTX Ong Tuấn Dũng"))
    return make_order((tea, 2), (honey, 1), owner=make_user())


def test_views_are_those_of_the_contract():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, string_agg(column_name, ' ' ORDER BY ordinal_position) FROM information_schema.columns"
            " WHERE table_schema = 'audit' GROUP BY 1"
        )
        found = dict(cursor.fetchall())

    assert found == COLUMNS


def test_money_is_whole_dong_and_moments_carry_their_zone():
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'audit'")
        types = cursor.fetchall()

    assert {kind for name, kind in types if name in MONEY} == {"bigint"}
    assert {kind for name, kind in types if name == "at" or (name.endswith(("_at", "_until")) and kind != "date")} == {
        "timestamp with time zone"
    }


@pytest.mark.parametrize("view", EMPTY_FOR_NOW)
def test_what_comes_later_is_an_empty_view(view, order):
    assert rows_of(view) == []


def test_stock_says_what_is_free(order):
    record = StockRecord.objects.get(product__title="Chè Tân Cương")

    assert rows_of("stock")[0] == {
        "stock_id": record.pk,
        "product_id": record.product_id,
        "producer_id": record.partner_id,
        "sku": record.partner_sku,
        "on_hand": 20,
        "reserved": 2,
        "free": 18,
    }


def test_orders_lines_and_parcels_add_up(order):
    (row,) = rows_of("orders")
    lines, parcels = rows_of("lines"), rows_of("parcels")

    assert (row["order_id"], row["number"], row["status"]) == (order.pk, order.number, "confirmed")
    assert (row["channel"], row["payment_method"], row["buyer_id"]) == ("retail", "cod", order.user_id)
    assert (row["basket_id"], row["placed_at"], row["hold_until"]) == (order.basket_id, order.date_placed, None)
    assert row["goods_total"] == sum(line["line_total"] for line in lines) == 660_000
    assert row["total"] == row["goods_total"] + row["shipping_total"] - row["discount_total"] == order.total_incl_tax
    for column in ("goods_total", "shipping_total", "discount_total", "total"):
        assert row[column] == sum(parcel[column] for parcel in parcels)


def test_vouchers_count_the_orders_that_live(order):
    make_voucher("CHAO2026")
    make_voucher("TET2026", limit_total=5)
    tea = make_listing()
    placed = [order_with("TET2026", (tea, 1)) for _ in range(2)]
    cancel_order(order_id=placed[0].pk, reason="", actor=SYSTEM, now=clock.now())

    assert rows_of("vouchers") == [
        {"code": "CHAO2026", "usage_limit": None, "used": 0},
        {"code": "TET2026", "usage_limit": 5, "used": 1},
    ]
    assert sorted(row["discount_total"] for row in rows_of("orders")) == [0, 50_000, 50_000]


def test_returns_name_what_was_asked_and_what_went_back():
    tea = make_listing(stock=9)
    received, open_one = make_received(make_delivered((tea, 2))), make_return(make_delivered((tea, 2)), units=2)

    first, second = rows_of("returns")

    refund = Refund.objects.get(parcel=received.parcel)
    assert (first["return_id"], first["state"], first["refund_id"]) == (received.pk, "refunded", refund.pk)
    assert (first["total"], first["amount"], first["verdict"]) == (received.amount_vnd, refund.amount_vnd, None)
    assert (second["state"], second["reason"], second["refund_id"]) == ("asked", "damaged", None)
    assert second["total"] == second["goods_total"] + second["shipping_total"] == open_one.amount_vnd
    assert (second["order_id"], second["producer_id"]) == (open_one.parcel.order_id, open_one.parcel.producer_id)


def test_lines_name_parcel_certificate_and_stock(order):
    expected = [
        {
            "line_id": line.pk,
            "order_id": order.pk,
            "parcel_id": line.parcel_id,
            "product_id": line.product_id,
            "producer_id": line.partner_id,
            "stock_id": line.stockrecord_id,
            "certificate_id": line.certificate_id,
            "stars": 4,
            "quantity": line.quantity,
            "unit_price": int(line.unit_price_incl_tax),
            "line_total": int(line.line_price_incl_tax),
        }
        for line in Line.objects.order_by("pk")
    ]

    assert rows_of("lines") == expected


def test_payments_are_those_of_the_order(order):
    payment = order.payments.get()

    assert rows_of("payments") == [
        {
            "payment_id": payment.pk,
            "order_id": order.pk,
            "method": "cod",
            "status": "created",
            "amount": int(order.total_incl_tax),
            "captured": 0,
            "refunded": 0,
            "provider_ref": "",
        }
    ]


def test_outbox_has_every_message(order):
    expected = list(OutboxMessage.objects.order_by("pk").values_list("pk", "key", "kind", "channel", "recipient", "order_id"))
    columns = ("message_id", "key", "kind", "channel", "recipient", "order_id")

    rows = rows_of("outbox")

    assert [tuple(row[column] for column in columns) for row in rows] == expected
    assert {(row["sent_at"], row["attempts"], row["dead_at"]) for row in rows} == {(None, 0, None)}


def test_events_tell_who_did_what(order):
    parcel = Parcel.objects.order_by("pk").first()
    confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=clock.now())
    event = CertificateEvent.objects.create(
        certificate=Certificate.objects.first(), at=clock.now(), actor=order.user, action="suspended", detail={"reason": "thử"}
    )

    events = {row["event_id"]: row for row in rows_of("events")}
    moves = [row["action"] for row in events.values() if (row["object_type"], row["object_id"]) == ("parcel", parcel.pk)]
    told = events[f"certificate:{event.pk}"]

    assert moves == ["to_confirm", "packing"]
    assert (told["actor"], told["action"], told["object_id"]) == (f"user:{order.user_id}", "suspended", event.certificate_id)
    assert {row["object_type"] for row in events.values()} == {"certificate", "parcel", "stock"}


def test_events_tell_what_the_office_did_and_no_certificate_twice():
    officer = make_officer()
    tea = make_certificate()
    ground = Ground("Nhãn sai", clock.today())
    suspend_certificate(certificate_id=tea.pk, ground=ground, actor=actor_of(user=officer), now=clock.now())
    entry = make_entry(user=officer, number=7, old={"status": "active"}, new={"status": "suspended"}, reason="Hồ sơ giả")
    exported = make_entry("audit.exported", kind="export", number="audit", label="CSV")

    events = {row["event_id"]: row for row in rows_of("events")}
    told = events[f"audit:{entry.pk}"]
    detail = json.loads(told["detail"])

    assert (told["actor"], told["action"], told["object_type"]) == (f"user:{officer.pk}", "producer.suspended", "producer")
    assert (told["object_id"], detail["reason"], detail["new"]) == (7, "Hồ sơ giả", {"status": "suspended"})
    assert (events[f"audit:{exported.pk}"]["object_id"], events[f"audit:{exported.pk}"]["actor"]) == (None, "system")
    assert [row["action"] for row in events.values() if row["object_type"] == "certificate"] == ["suspended"]


ISSUED = date(2025, 2, 28)
END = date(2028, 2, 28)
EXTENDED = date(2028, 8, 31)
BOUNDARIES = [
    day + timedelta(days=shift)
    for day in (ISSUED, END - timedelta(days=90), END, EXTENDED, date(2028, 2, 29))
    for shift in (-1, 0, 1)
]


@pytest.mark.parametrize("today", BOUNDARIES, ids=str)
def test_live_state_is_the_one_of_the_shop_on_every_boundary(today):
    stopped = {"stopped_on": date(2027, 1, 1)}
    extended = {"extended_until": EXTENDED, "extension_reason": "hồ sơ đánh giá lại"}
    for fields in ({}, extended, stopped | {"stored_state": "suspended"}, stopped | {"stored_state": "revoked"}):
        make_certificate(issued_on=ISSUED, valid_until=END, **fields)
    newer = make_certificate(issued_on=ISSUED, valid_until=END)
    for superseded_on in (END, ISSUED, EXTENDED):
        make_certificate(issued_on=ISSUED, valid_until=END, **extended, superseded_by=newer, superseded_on=superseded_on)

    states = [row["live_state"] for row in rows_of("certificates", today=today)]

    assert states == [live_state(certificate, today=today) for certificate in Certificate.objects.order_by("pk")]


def test_live_state_follows_the_moved_clock():
    certificate = make_certificate()
    ShopClock.objects.create(moved_by=certificate.valid_until + timedelta(days=1) - clock.today())

    assert [row["live_state"] for row in rows_of("certificates")] == ["expired"]


@pytest.mark.parametrize("view", ["stock", "outbox", "parcels", "certificates"])
def test_nobody_writes_through_a_view(view, order):
    with (
        pytest.raises(DatabaseError, match=r"permission denied|cannot delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM audit.{view}")  # noqa: S608  a name of the contract


def test_a_reader_needs_no_right_on_the_tables():
    with EmbeddedPostgres(settings.RUN_DIR).connect(settings.DATABASES["default"]["NAME"]) as server, server.cursor() as cursor:
        cursor.execute("CREATE ROLE auditor")
        cursor.execute("GRANT USAGE ON SCHEMA audit TO auditor")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA audit TO auditor")
        cursor.execute("SET ROLE auditor")

        for view in COLUMNS:
            cursor.execute(f"SELECT count(*) FROM audit.{view}")  # noqa: S608  a name of the contract
        with pytest.raises(psycopg.errors.InsufficientPrivilege), server.transaction():
            cursor.execute("SELECT count(*) FROM people_user")
        cursor.execute("RESET ROLE")
        cursor.execute("DROP OWNED BY auditor")
        cursor.execute("DROP ROLE auditor")


def test_views_come_back_as_they_were():
    drop_views()
    assert not views_are_current()

    create_views()

    assert views_are_current()
    assert set(view_definitions()) == set(COLUMNS)


def test_migrate_makes_missing_views(transactional_db):
    drop_views()

    call_command("migrate", verbosity=0)

    assert views_are_current()


def test_migrate_goes_back_and_forth():
    call_command("migrate", "operations", "zero", verbosity=0)
    assert not views_are_current()

    call_command("migrate", verbosity=0)

    assert views_are_current()
