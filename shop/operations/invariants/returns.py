"""Goods on their way back (`shop.domain.returns`): their units, their money, and what waits for them."""

from collections.abc import Mapping

# What may still go back for a parcel: its price less what refunds promised and a bank took and kept.
LEFT = """
    SELECT parcel.id AS parcel_id,
           least(
               parcel.total_vnd - coalesce(promised.amount_vnd, 0) - coalesce(lost.amount_vnd, 0),
               coalesce(paid.left_vnd, 0)
           ) AS left_vnd
    FROM parcels_parcel AS parcel
    LEFT JOIN (
        SELECT parcel_id, sum(amount_vnd) AS amount_vnd FROM payments_refund WHERE called_off_at IS NULL GROUP BY parcel_id
    ) AS promised ON promised.parcel_id = parcel.id
    LEFT JOIN (
        SELECT entry.parcel_id, -sum(entry.amount_vnd) AS amount_vnd
        FROM ledger_entry AS entry JOIN ledger_transaction AS posted ON posted.id = entry.transaction_id
        WHERE posted.kind = 'dispute_lost' AND entry.account_id = 'disputed' GROUP BY entry.parcel_id
    ) AS lost ON lost.parcel_id = parcel.id
    LEFT JOIN (
        SELECT order_id, sum(captured_vnd - promised_back_vnd) AS left_vnd FROM payments_payment GROUP BY order_id
    ) AS paid ON paid.order_id = parcel.order_id
"""

RETURNS: Mapping[str, str] = {
    "a return that ended with money has its refund, as large as was asked or decided": f"""
        WITH remaining AS ({LEFT})
        SELECT 'return ' || asked.id,
               asked.state || ', refund ' || coalesce(refund.amount_vnd, 0) || ' of ' || due.amount_vnd || ', left '
               || remaining.left_vnd
        FROM returns_returnrequest AS asked
        JOIN remaining ON remaining.parcel_id = asked.parcel_id
        LEFT JOIN payments_refund AS refund ON refund.key = 'return:' || asked.id
        CROSS JOIN LATERAL (SELECT coalesce(asked.given_vnd, asked.goods_vnd + asked.shipping_vnd) AS amount_vnd) AS due
        WHERE asked.state = 'refunded' AND (
            coalesce(refund.amount_vnd, 0) > due.amount_vnd
            OR (coalesce(refund.amount_vnd, 0) < due.amount_vnd AND remaining.left_vnd > 0)
        )
    """,
    "money of a return goes back for its own parcel, and only when it ended so": """
        SELECT 'refund ' || refund.id, coalesce('return ' || asked.id || ' is ' || asked.state, 'no return ' || refund.key)
        FROM payments_refund AS refund
        LEFT JOIN returns_returnrequest AS asked ON 'return:' || asked.id = refund.key
        WHERE refund.key LIKE 'return:%'
            AND (asked.state IS DISTINCT FROM 'refunded' OR asked.parcel_id <> refund.parcel_id)
    """,
    "no more units come back than were sent": """
        SELECT 'line ' || line.id, sum(back.quantity) || ' of ' || line.quantity
        FROM returns_returnline AS back
        JOIN returns_returnrequest AS asked ON asked.id = back.request_id
        JOIN order_line AS line ON line.id = back.line_id
        WHERE asked.state NOT IN ('rejected', 'withdrawn')
        GROUP BY line.id HAVING sum(back.quantity) > line.quantity
    """,
    # What is not cleared is not paid out.
    "a parcel is not cleared while a return of it is open": """
        SELECT 'return ' || asked.id, asked.state || ', parcel ' || parcel.id || ' is ' || parcel.status
        FROM returns_returnrequest AS asked JOIN parcels_parcel AS parcel ON parcel.id = asked.parcel_id
        WHERE asked.state IN ('asked', 'accepted', 'refused', 'disputed', 'sent_back') AND (
            parcel.status = 'closed' OR EXISTS (SELECT FROM ledger_transaction WHERE key = 'clear:' || parcel.id)
        )
    """,
    "nobody pays for a parcel that came home undelivered or is lost": f"""
        WITH remaining AS ({LEFT})
        SELECT 'parcel ' || parcel.id, parcel.status || ', kept ' || remaining.left_vnd
        FROM parcels_parcel AS parcel JOIN remaining ON remaining.parcel_id = parcel.id
        WHERE parcel.status IN ('returned', 'lost') AND parcel.delivered_at IS NULL AND remaining.left_vnd > 0
            AND EXISTS (
                SELECT FROM ledger_entry AS entry JOIN ledger_transaction AS posted ON posted.id = entry.transaction_id
                WHERE posted.kind = 'capture' AND entry.parcel_id = parcel.id
            )
    """,
}
