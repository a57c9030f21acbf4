-- Debit positive, credit negative; the entries of a transaction sum to nothing.
SELECT entry.id AS entry_id,
       entry.transaction_id,
       posted.kind AS transaction_kind,
       entry.account_id AS account,
       entry.amount_vnd AS amount,
       posted.order_id,
       posted.at AS posted_at
FROM ledger_entry AS entry
JOIN ledger_transaction AS posted ON posted.id = entry.transaction_id
