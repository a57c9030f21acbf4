"""Vouchers: what they gave, to how many, and who paid for it (`shop.domain.vouchers`)."""

from collections.abc import Mapping

VOUCHERS: Mapping[str, str] = {
    "an order is reduced by what its voucher gave": """
        SELECT 'order ' || placed.order_id,
               placed.discount_total || '; its voucher gave ' || coalesce(given.discount_vnd::text, 'nothing')
        FROM audit.orders AS placed LEFT JOIN vouchers_redemption AS given USING (order_id)
        WHERE placed.discount_total <> coalesce(given.discount_vnd, 0)
    """,
    "a voucher is used no more often than its limit": """
        SELECT 'voucher ' || code, used || ' of ' || usage_limit FROM audit.vouchers WHERE used > usage_limit
    """,
    "a buyer uses a voucher no more often than one may": """
        SELECT 'voucher ' || voucher.code,
               count(*) || ' of ' || voucher.limit_per_buyer || coalesce(' by user ' || placed.user_id, ' by one phone')
        FROM vouchers_redemption AS given
        JOIN vouchers_voucher AS voucher ON voucher.id = given.voucher_id
        JOIN order_order AS placed ON placed.id = given.order_id
        WHERE given.is_live AND voucher.limit_per_buyer IS NOT NULL AND (placed.user_id IS NOT NULL OR placed.buyer_phone <> '')
        GROUP BY voucher.id, placed.user_id, CASE WHEN placed.user_id IS NULL THEN placed.buyer_phone END
        HAVING count(*) > voucher.limit_per_buyer
    """,
    "a use of a voucher counts as long as its order lives": """
        SELECT 'order ' || placed.id, placed.status || CASE WHEN given.is_live THEN ' counts' ELSE ' does not count' END
        FROM vouchers_redemption AS given JOIN order_order AS placed ON placed.id = given.order_id
        WHERE given.is_live = (placed.status IN ('cancelled', 'expired', 'refunded'))
    """,
    "who gives a voucher bears its discount": """
        SELECT 'parcel ' || parcel.id,
               split.producer_discount_vnd || ' by the producer, ' || split.platform_discount_vnd || ' by the shop, '
               || voucher.code || ' is given by the ' || voucher.funder
        FROM vouchers_redemption AS given
        JOIN vouchers_voucher AS voucher ON voucher.id = given.voucher_id
        JOIN parcels_parcel AS parcel ON parcel.order_id = given.order_id
        JOIN ledger_parcelsplit AS split ON split.parcel_id = parcel.id
        WHERE CASE voucher.funder WHEN 'producer' THEN split.platform_discount_vnd ELSE split.producer_discount_vnd END <> 0
            OR (voucher.producer_id <> parcel.producer_id AND parcel.discount_vnd <> 0)
    """,
    "no parcel is given away": """
        SELECT 'parcel ' || id, discount_vnd || ' of ' || goods_vnd FROM parcels_parcel
        WHERE discount_vnd > 0 AND discount_vnd >= goods_vnd
    """,
}
