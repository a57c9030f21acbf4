-- Empty until there are payments that can be given back (cash at the door cannot).
SELECT NULL::bigint AS refund_id,
       NULL::bigint AS payment_id,
       NULL::bigint AS order_id,
       NULL::bigint AS parcel_id,
       NULL::text AS status,
       NULL::bigint AS amount
WHERE false
