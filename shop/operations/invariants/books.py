"""The ledger, and what was frozen of each parcel (`shop.domain.ledger`)."""

from collections.abc import Mapping

# Per parcel that was paid: what each side holds of it now, and how much went back to the buyer.
SIDES = """
    SELECT entry.parcel_id,
           sum(amount_vnd) FILTER (WHERE split_part(account_id, ':', 1) IN ('producer_held', 'producer_payable')) AS producer,
           sum(amount_vnd) FILTER (WHERE account_id = 'commission') AS commission,
           sum(amount_vnd) FILTER (WHERE account_id = 'tax_withheld') AS tax,
           sum(amount_vnd) FILTER (WHERE account_id = 'discount_platform') AS discount,
           -coalesce(sum(amount_vnd) FILTER (WHERE account_id IN ('refund_due', 'disputed')), 0) AS back
    FROM ledger_entry AS entry JOIN ledger_transaction AS posted ON posted.id = entry.transaction_id
    WHERE posted.kind IN ('capture', 'clearing', 'refund', 'refund_withdrawn', 'dispute_lost') AND entry.parcel_id IS NOT NULL
    GROUP BY entry.parcel_id
"""
# What it holds when the buyer has so much back: each side rounded once, the producer the rest (`ledger.reversing`).
EXPECTED = """
    SELECT split.parcel_id, total, split.commission_vnd - back_commission AS commission, tax_vnd - back_tax AS tax,
           split.platform_discount_vnd - back_discount AS discount,
           split.producer_vnd - (back + back_discount - back_commission - back_tax) AS producer
    FROM ledger_parcelsplit AS split
    JOIN sides USING (parcel_id)
    CROSS JOIN LATERAL (
        SELECT goods_vnd + shipping_vnd - producer_discount_vnd - platform_discount_vnd AS total,
               vat_withheld_vnd + income_tax_withheld_vnd AS tax_vnd
    ) AS frozen
    CROSS JOIN LATERAL (
        SELECT coalesce(round(split.commission_vnd * back / nullif(total, 0)), 0) AS back_commission,
               coalesce(round(tax_vnd * back / nullif(total, 0)), 0) AS back_tax,
               coalesce(round(split.platform_discount_vnd * back / nullif(total, 0)), 0) AS back_discount
    ) AS given
"""

BOOKS: Mapping[str, str] = {
    "a ledger transaction sums to nothing and has all its entries": """
        SELECT 'transaction ' || posted.id,
               posted.key || ': ' || count(entry.id) || ' of ' || posted.entry_count || ' entries, sum '
               || coalesce(sum(entry.amount_vnd), 0)
        FROM ledger_transaction AS posted LEFT JOIN ledger_entry AS entry ON entry.transaction_id = posted.id
        GROUP BY posted.id HAVING coalesce(sum(entry.amount_vnd), 0) <> 0 OR count(entry.id) <> posted.entry_count
    """,
    "a parcel's split is what its buyer pays": """
        SELECT 'parcel ' || parcel.id,
               parcel.goods_vnd || ' + ' || parcel.shipping_vnd || ' = ' || parcel.total_vnd || '; the split says '
               || coalesce(split.goods_vnd || ' + ' || split.shipping_vnd, 'nothing')
        FROM parcels_parcel AS parcel LEFT JOIN ledger_parcelsplit AS split ON split.parcel_id = parcel.id
        WHERE split.parcel_id IS NULL OR split.goods_vnd <> parcel.goods_vnd OR split.shipping_vnd <> parcel.shipping_vnd
            OR split.producer_discount_vnd + split.platform_discount_vnd <> parcel.discount_vnd
    """,
    "commission is the sum of its shares and falls on all of the goods": """
        SELECT 'parcel ' || split.parcel_id,
               split.commission_vnd || '; shares say ' || coalesce(sum(share.commission_vnd), 0) || ' of '
               || coalesce(sum(share.base_vnd), 0)
        FROM ledger_parcelsplit AS split LEFT JOIN ledger_commissionshare AS share ON share.split_id = split.parcel_id
        GROUP BY split.parcel_id
        HAVING split.commission_vnd <> coalesce(sum(share.commission_vnd), 0)
            OR split.goods_vnd - split.producer_discount_vnd <> coalesce(sum(share.base_vnd), 0)
            OR coalesce(sum(abs(share.commission_vnd - round(share.base_vnd * share.percent / 100))), 0) <> 0
    """,
    "a parcel is paid once": """
        SELECT 'parcel ' || entry.parcel_id, string_agg(DISTINCT posted.key, ', ')
        FROM ledger_entry AS entry JOIN ledger_transaction AS posted ON posted.id = entry.transaction_id
        WHERE posted.kind = 'capture' AND entry.parcel_id IS NOT NULL
        GROUP BY entry.parcel_id HAVING count(DISTINCT posted.id) > 1
    """,
    "the sides of a paid parcel hold what was frozen less what went back": f"""
        WITH sides AS ({SIDES}), expected AS ({EXPECTED})
        SELECT 'parcel ' || sides.parcel_id,
               'producer ' || coalesce(-sides.producer, 0) || ' (' || expected.producer || '), commission '
               || coalesce(-sides.commission, 0) || ' (' || expected.commission || '), tax '
               || coalesce(-sides.tax, 0) || ' (' || expected.tax || '), discount '
               || coalesce(sides.discount, 0) || ' (' || expected.discount || ')'
        FROM sides JOIN expected USING (parcel_id)
        WHERE (coalesce(-sides.producer, 0), coalesce(-sides.commission, 0), coalesce(-sides.tax, 0), coalesce(sides.discount, 0))
            <> (expected.producer, expected.commission, expected.tax, expected.discount)
    """,
    "no more goes back for a parcel than was paid for it": f"""
        WITH sides AS ({SIDES}), expected AS ({EXPECTED})
        SELECT 'parcel ' || parcel_id, back || ' of ' || total
        FROM sides JOIN expected USING (parcel_id) WHERE back < 0 OR back > total
    """,
    "a buyer is never owed less than nothing": """
        SELECT 'order ' || coalesce(posted.order_id::text, 'none'), 'refund_due ' || -sum(entry.amount_vnd)
        FROM ledger_entry AS entry JOIN ledger_transaction AS posted ON posted.id = entry.transaction_id
        WHERE entry.account_id = 'refund_due' GROUP BY posted.order_id HAVING sum(entry.amount_vnd) > 0
    """,
    "only a closed parcel is cleared, and none while its order is disputed": """
        SELECT 'parcel ' || parcel.id, parcel.status || ', cleared at ' || cleared.at
        FROM ledger_transaction AS cleared
        JOIN parcels_parcel AS parcel ON cleared.key = 'clear:' || parcel.id
        WHERE parcel.status <> 'closed' OR EXISTS (
            SELECT FROM ledger_transaction AS opened
            WHERE opened.kind = 'dispute_opened' AND opened.order_id = cleared.order_id AND opened.id < cleared.id
                AND NOT EXISTS (
                    SELECT FROM ledger_transaction AS ended
                    WHERE ended.key IN (replace(opened.key, ':open', ':won'), replace(opened.key, ':open', ':lost'))
                        AND ended.id < cleared.id
                )
        )
    """,
    # Entries of one producer's account are written one after the other (`posting.post`), so their numbers are its history.
    "a payout takes no more than what was cleared": """
        SELECT 'account ' || account_id, key || ' left ' || -balance
        FROM (
            SELECT entry.account_id, posted.key, posted.kind,
                   sum(entry.amount_vnd) OVER (PARTITION BY entry.account_id ORDER BY entry.id) AS balance
            FROM ledger_entry AS entry JOIN ledger_transaction AS posted ON posted.id = entry.transaction_id
            WHERE entry.account_id LIKE 'producer_payable:%'
        ) AS history
        WHERE kind = 'payout' AND balance > 0
    """,
}
