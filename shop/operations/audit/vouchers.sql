-- usage_limit is null where a voucher may be used any number of times; used counts orders that live.
SELECT voucher.code,
       voucher.limit_total::bigint AS usage_limit,
       (SELECT count(*) FROM vouchers_redemption AS used WHERE used.voucher_id = voucher.id AND used.is_live) AS used
FROM vouchers_voucher AS voucher
