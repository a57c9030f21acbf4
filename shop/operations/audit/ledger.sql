-- Empty until the shop keeps books.
SELECT NULL::bigint AS entry_id,
       NULL::bigint AS transaction_id,
       NULL::text AS transaction_kind,
       NULL::text AS account,
       NULL::bigint AS amount,
       NULL::bigint AS order_id,
       NULL::timestamptz AS posted_at
WHERE false
