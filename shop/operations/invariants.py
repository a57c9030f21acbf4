"""What must always be true of stock, orders and money, each as one SQL query that finds what breaks it.

A query returns (what, detail) for every broken row. The names read as the sentence that is broken.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection, transaction

from shop.domain.parcels.transitions import ALLOWED


@dataclass(frozen=True)
class Break:
    """One row for which an invariant does not hold."""

    invariant: str
    what: str
    detail: str


def broken_invariants() -> list[Break]:
    """Return every break. Each invariant is one statement, so it sees one moment even while the shop sells."""
    found = []
    with transaction.atomic(), connection.cursor() as cursor:
        # Over a year's orders a check takes longer than a page may.
        cursor.execute("SET LOCAL statement_timeout = 0")
        for invariant, query in INVARIANTS.items():
            cursor.execute(query)
            found += [Break(invariant, what, detail) for what, detail in cursor.fetchall()]
    return found


def _edges() -> str:
    """The moves a parcel may make, as SQL rows."""
    return ", ".join(f"('{origin}', '{target}')" for origin, targets in ALLOWED.items() for target in sorted(targets))


STOCK: Mapping[str, str] = {
    "reserved stock is between nothing and what is on hand": """
        SELECT 'stock ' || id, 'on hand ' || num_in_stock || ', reserved ' || num_allocated
        FROM partner_stockrecord WHERE num_allocated < 0 OR num_allocated > num_in_stock
    """,
    "reserved stock is the sum of open allocations": """
        SELECT 'stock ' || record.id,
               'reserved ' || record.num_allocated || ', lines say ' || coalesce(sum(line.num_allocated), 0)
        FROM partner_stockrecord AS record LEFT JOIN order_line AS line ON line.stockrecord_id = record.id
        GROUP BY record.id HAVING record.num_allocated <> coalesce(sum(line.num_allocated), 0)
    """,
    "stock is the sum of its movements": """
        SELECT 'stock ' || record.id,
               'on hand ' || record.num_in_stock || ', reserved ' || record.num_allocated || '; movements say '
               || coalesce(sum(movement.on_hand_change), 0) || ' and ' || coalesce(sum(movement.reserved_change), 0)
        FROM partner_stockrecord AS record LEFT JOIN stock_stockmovement AS movement ON movement.stock_record_id = record.id
        GROUP BY record.id
        HAVING record.num_in_stock <> coalesce(sum(movement.on_hand_change), 0)
            OR record.num_allocated <> coalesce(sum(movement.reserved_change), 0)
    """,
    "a line gives each of its units back once at most": """
        SELECT 'line ' || line.id,
               'allocated ' || line.num_allocated || ', movements say ' || coalesce(sum(reserved_change), 0)
        FROM order_line AS line LEFT JOIN stock_stockmovement AS movement ON movement.order_line_id = line.id
        GROUP BY line.id HAVING line.num_allocated <> coalesce(sum(movement.reserved_change), 0)
    """,
    "an open parcel holds the stock of its lines and no other parcel does": """
        SELECT 'line ' || line.id,
               'parcel ' || parcel.status || ', ordered ' || line.quantity || ', allocated ' || line.num_allocated
        FROM order_line AS line JOIN parcels_parcel AS parcel ON parcel.id = line.parcel_id
        WHERE line.num_allocated <> CASE
            WHEN parcel.status IN ('pending', 'to_confirm', 'packing', 'on_hold') THEN line.quantity ELSE 0 END
    """,
}

ORDERS: Mapping[str, str] = {
    "a basket becomes at most one order": """
        SELECT 'basket ' || basket_id, count(*) || ' orders'
        FROM order_order WHERE basket_id IS NOT NULL GROUP BY basket_id HAVING count(*) > 1
    """,
    "an order has lines": """
        SELECT 'order ' || placed.id, placed.number FROM order_order AS placed
        WHERE NOT EXISTS (SELECT FROM order_line AS line WHERE line.order_id = placed.id)
    """,
    "an order total is its lines and shipping less discounts": """
        SELECT 'order ' || order_id, total || ' is not ' || goods_total || ' + ' || shipping_total || ' - ' || discount_total
        FROM audit.orders WHERE total <> goods_total + shipping_total - discount_total
    """,
    "an order is the sum of its parcels": """
        SELECT 'order ' || placed.order_id,
               placed.goods_total || ' + ' || placed.shipping_total || ' = ' || placed.total || '; parcels say '
               || coalesce(sum(parcel.goods_total), 0) || ' + ' || coalesce(sum(parcel.shipping_total), 0) || ' = '
               || coalesce(sum(parcel.total), 0)
        FROM audit.orders AS placed LEFT JOIN audit.parcels AS parcel USING (order_id)
        GROUP BY placed.order_id, placed.goods_total, placed.shipping_total, placed.total
        HAVING placed.goods_total <> coalesce(sum(parcel.goods_total), 0)
            OR placed.shipping_total <> coalesce(sum(parcel.shipping_total), 0)
            OR placed.total <> coalesce(sum(parcel.total), 0)
    """,
    "a parcel is the sum of its lines": """
        SELECT 'parcel ' || parcel.parcel_id, parcel.goods_total || '; lines say ' || coalesce(sum(line.line_total), 0)
        FROM audit.parcels AS parcel LEFT JOIN audit.lines AS line USING (parcel_id)
        GROUP BY parcel.parcel_id, parcel.goods_total HAVING parcel.goods_total <> coalesce(sum(line.line_total), 0)
    """,
    "a line costs its unit price times its quantity": """
        SELECT 'line ' || id, unit_price_incl_tax || ' x ' || quantity || ' is not ' || line_price_before_discounts_incl_tax
        FROM order_line WHERE line_price_before_discounts_incl_tax <> unit_price_incl_tax * quantity
    """,
    "money is whole dong": """
        SELECT 'order ' || id, total_incl_tax::text FROM order_order
        WHERE total_incl_tax <> floor(total_incl_tax) OR shipping_incl_tax <> floor(shipping_incl_tax)
        UNION ALL
        SELECT 'line ' || id, line_price_incl_tax::text FROM order_line
        WHERE line_price_incl_tax <> floor(line_price_incl_tax) OR unit_price_incl_tax <> floor(unit_price_incl_tax)
    """,
    "a line is in one parcel, of its order and of its producer": """
        SELECT 'line ' || line.id,
               'parcel ' || coalesce(parcel.id::text, 'none') || ', producer ' || coalesce(line.partner_id::text, 'none')
        FROM order_line AS line
        LEFT JOIN parcels_parcel AS parcel ON parcel.id = line.parcel_id
        LEFT JOIN partner_stockrecord AS record ON record.id = line.stockrecord_id
        WHERE parcel.id IS NULL OR parcel.order_id <> line.order_id OR parcel.producer_id IS DISTINCT FROM line.partner_id
            OR record.partner_id <> line.partner_id
    """,
    "a parcel moves along the edges of its life only": f"""
        SELECT 'parcel ' || event.parcel_id, event.from_status || ' -> ' || event.to_status
        FROM parcels_parcelevent AS event
        WHERE event.from_status NOT IN ('', event.to_status)
            AND (event.from_status, event.to_status) NOT IN (VALUES {_edges()})
    """,
    "a parcel is where its last event left it": """
        SELECT 'parcel ' || parcel.id, parcel.status || '; the last event says ' || coalesce(last.to_status, 'nothing')
        FROM parcels_parcel AS parcel
        LEFT JOIN LATERAL (
            SELECT to_status FROM parcels_parcelevent WHERE parcel_id = parcel.id ORDER BY id DESC LIMIT 1
        ) AS last ON true
        WHERE parcel.status IS DISTINCT FROM last.to_status
    """,
    "a placed order tells its buyer": """
        SELECT 'order ' || placed.id, placed.number
        FROM order_order AS placed LEFT JOIN people_user AS person ON person.id = placed.user_id
        WHERE (placed.guest_email <> '' OR placed.buyer_phone <> '' OR person.email <> '')
            AND NOT EXISTS (
                SELECT FROM notifications_outboxmessage AS message
                WHERE message.key IN (
                    'order:' || placed.id || ':placed:buyer:email', 'order:' || placed.id || ':placed:buyer:sms'
                )
            )
    """,
}

STARS: Mapping[str, str] = {
    "a line is sold under a certificate that is valid on that day": """
        SELECT 'line ' || line.id,
               'sold ' || (placed.date_placed AT TIME ZONE 'Asia/Ho_Chi_Minh')::date || ' under '
               || coalesce(certificate.code, 'nothing')
        FROM order_line AS line
        JOIN order_order AS placed ON placed.id = line.order_id
        LEFT JOIN certificates_certificate AS certificate ON certificate.id = line.certificate_id
        WHERE certificate.id IS NULL
            OR (placed.date_placed AT TIME ZONE 'Asia/Ho_Chi_Minh')::date NOT BETWEEN certificate.issued_on
                AND coalesce(certificate.extended_until, certificate.valid_until)
    """,
    # Acts write down the last line that was sold before them, under the lock that placing an order shares.
    "nothing is sold between a stop of its certificate and the lifting of it": """
        SELECT 'line ' || line.id, certificate.code || ' was ' || stop.action || ' at ' || stop.at
        FROM certificates_certificateevent AS stop
        JOIN certificates_certificate AS certificate ON certificate.id = stop.certificate_id
        LEFT JOIN LATERAL (
            SELECT (lifted.detail ->> 'last_line_sold')::bigint AS last_line FROM certificates_certificateevent AS lifted
            WHERE lifted.certificate_id = stop.certificate_id AND lifted.action = 'lifted' AND lifted.id > stop.id
            ORDER BY lifted.id LIMIT 1
        ) AS lift ON true
        JOIN order_line AS line ON line.certificate_id = stop.certificate_id
        WHERE stop.action IN ('suspended', 'revoked') AND line.id > (stop.detail ->> 'last_line_sold')::bigint
            AND (lift.last_line IS NULL OR line.id <= lift.last_line)
    """,
}

MONEY: Mapping[str, str] = {
    "a payment gives back no more than it took and takes no more than was asked": """
        SELECT 'payment ' || id, amount_vnd || ', captured ' || captured_vnd || ', refunded ' || refunded_vnd
        FROM payments_payment WHERE captured_vnd > amount_vnd OR refunded_vnd > captured_vnd
    """,
    "an order has at most one open payment": """
        SELECT 'order ' || order_id, count(*) || ' open payments' FROM payments_payment
        WHERE status IN ('created', 'requires_action', 'processing') GROUP BY order_id HAVING count(*) > 1
    """,
    "cash at the door is asked for the parcels that come and taken for those that came": """
        SELECT 'payment ' || payment.id,
               payment.amount_vnd || ', captured ' || payment.captured_vnd || '; parcels say '
               || coming.amount || ' and ' || coming.captured
        FROM payments_payment AS payment
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(total_vnd) FILTER (WHERE status NOT IN ('declined', 'cancelled')), 0) AS amount,
                   coalesce(sum(total_vnd) FILTER (WHERE delivered_at IS NOT NULL), 0) AS captured
            FROM parcels_parcel WHERE order_id = payment.order_id
        ) AS coming
        WHERE payment.method = 'cod' AND (payment.amount_vnd <> coming.amount OR payment.captured_vnd <> coming.captured)
    """,
}

INVARIANTS: Mapping[str, str] = {**STOCK, **ORDERS, **STARS, **MONEY}
