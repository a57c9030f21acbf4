-- Empty until buyers get credit.
SELECT NULL::bigint AS company_id,
       NULL::bigint AS producer_id,
       NULL::bigint AS credit_limit,
       NULL::bigint AS used
WHERE false
