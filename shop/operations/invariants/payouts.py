"""Paying producers (`shop.domain.payouts`): what left is in the books, was cleared, undisputed, and signed by two."""

from collections.abc import Mapping

# What went out, with the entry that took it off the producer's account.
GONE = """
    SELECT payout.id, payout.producer_id, payout.bank_account_id, payout.amount_vnd, payout.status, payout.batch_id,
           posted.id AS transaction_id, entry.id AS entry_id, entry.amount_vnd AS booked_vnd, entry.account_id
    FROM payouts_payout AS payout
    LEFT JOIN ledger_transaction AS posted ON posted.key = 'payout:' || payout.id
    LEFT JOIN ledger_entry AS entry ON entry.transaction_id = posted.id
        AND entry.account_id = 'producer_payable:' || payout.producer_id
"""

PAYOUTS: Mapping[str, str] = {
    "a payout is in the books from its approval on, and back in them when it failed": f"""
        WITH gone AS ({GONE})
        SELECT 'payout ' || gone.id,
               gone.status || ' ' || gone.amount_vnd || ', booked ' || coalesce(gone.booked_vnd::text, 'nothing')
               || ', back ' || coalesce(-back.amount_vnd, 0)
        FROM gone
        LEFT JOIN ledger_transaction AS returned ON returned.key = 'payout_returned:' || gone.id
        LEFT JOIN ledger_entry AS back ON back.transaction_id = returned.id AND back.account_id = gone.account_id
        WHERE coalesce(gone.booked_vnd, 0) <> CASE WHEN gone.status IN ('sent', 'paid', 'failed') THEN gone.amount_vnd ELSE 0 END
            OR coalesce(-back.amount_vnd, 0) <> CASE WHEN gone.status = 'failed' THEN gone.amount_vnd ELSE 0 END
    """,
    "a payout batch is the sum of its payouts": """
        SELECT 'batch ' || batch.id, batch.payout_count || ' of ' || batch.total_vnd || ', its payouts say '
               || count(payout.id) || ' of ' || coalesce(sum(payout.amount_vnd), 0)
        FROM payouts_payoutbatch AS batch
        LEFT JOIN payouts_payout AS payout ON payout.batch_id = batch.id AND payout.status <> 'dropped'
        WHERE batch.status <> 'cancelled'
        GROUP BY batch.id
        HAVING batch.payout_count <> count(payout.id) OR batch.total_vnd <> coalesce(sum(payout.amount_vnd), 0)
    """,
    "a payout batch that went out was signed by two": """
        SELECT 'batch ' || id, 'prepared by ' || prepared_by_id || ', approved by ' || coalesce(approved_by_id::text, 'nobody')
        FROM payouts_payoutbatch
        WHERE status IN ('approved', 'settled') AND (approved_by_id IS NULL OR approved_by_id = prepared_by_id)
    """,
    "money goes to the account that the producer declared, after its cooling time": f"""
        WITH gone AS ({GONE})
        SELECT 'payout ' || gone.id, 'account ' || account.id || ' of producer ' || account.producer_id
        FROM gone
        JOIN payouts_payoutbatch AS batch ON batch.id = gone.batch_id
        JOIN payouts_bankaccount AS account ON account.id = gone.bank_account_id
        WHERE gone.status IN ('sent', 'paid', 'failed') AND (
            account.producer_id <> gone.producer_id
            OR account.usable_from > batch.approved_at
            OR account.retired_at < batch.approved_at
        )
    """,
    # Disputes that began while the batch was waiting are looked for when it is approved; here, those that were known.
    "a held or disputed parcel is never paid out": f"""
        WITH gone AS ({GONE}), contested AS (
            SELECT gone.id, -sum(entry.amount_vnd) AS amount_vnd
            FROM gone
            JOIN payouts_payoutbatch AS batch ON batch.id = gone.batch_id
            JOIN ledger_entry AS entry ON entry.account_id = gone.account_id AND entry.id < gone.entry_id
            JOIN parcels_parcel AS parcel ON parcel.id = entry.parcel_id
            WHERE EXISTS (
                SELECT FROM ledger_transaction AS opened
                WHERE opened.kind = 'dispute_opened' AND opened.order_id = parcel.order_id AND opened.at < batch.prepared_at
                    AND NOT EXISTS (
                        SELECT FROM ledger_transaction AS ended
                        WHERE ended.key IN (replace(opened.key, ':open', ':won'), replace(opened.key, ':open', ':lost'))
                            AND ended.at <= batch.approved_at
                    )
            )
            GROUP BY gone.id
        )
        SELECT 'payout ' || gone.id, 'left ' || -balance.left_vnd || ' of ' || contested.amount_vnd || ' disputed'
        FROM gone
        JOIN contested ON contested.id = gone.id
        CROSS JOIN LATERAL (
            SELECT sum(amount_vnd) AS left_vnd FROM ledger_entry
            WHERE account_id = gone.account_id AND id <= gone.entry_id
        ) AS balance
        WHERE contested.amount_vnd > 0 AND -balance.left_vnd < contested.amount_vnd
    """,
}
