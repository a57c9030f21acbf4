"""Attempts to pay."""

from collections.abc import Mapping

PAYMENTS: Mapping[str, str] = {
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
            SELECT coalesce(sum(total_vnd) FILTER (
                       WHERE status NOT IN ('declined', 'cancelled')
                           AND (status NOT IN ('returned', 'lost') OR delivered_at IS NOT NULL)
                   ), 0) AS amount,
                   coalesce(sum(total_vnd) FILTER (WHERE delivered_at IS NOT NULL), 0) AS captured
            FROM parcels_parcel WHERE order_id = payment.order_id
        ) AS coming
        WHERE payment.method = 'cod' AND (payment.amount_vnd <> coming.amount OR payment.captured_vnd <> coming.captured)
    """,
}
