"""Orders, their parcels and lines, and what was told of them."""

from collections.abc import Mapping

from shop.domain.parcels.transitions import ALLOWED


def _edges() -> str:
    """The moves a parcel may make, as SQL rows."""
    return ", ".join(f"('{origin}', '{target}')" for origin, targets in ALLOWED.items() for target in sorted(targets))


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
