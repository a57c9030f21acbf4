-- usage_limit is null where a voucher may be used any number of times.
SELECT voucher.code,
       CASE voucher.usage WHEN 'Single use' THEN 1 END::bigint AS usage_limit,
       (SELECT count(*) FROM voucher_voucherapplication AS used WHERE used.voucher_id = voucher.id) AS used
FROM voucher_voucher AS voucher
