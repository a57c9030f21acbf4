-- Empty until a payment provider calls us.
SELECT NULL::text AS event_id,
       NULL::text AS provider,
       NULL::text AS type,
       NULL::text AS state,
       NULL::timestamptz AS received_at,
       NULL::timestamptz AS processed_at
WHERE false
