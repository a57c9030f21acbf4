SELECT asked.id AS return_id,
       asked.parcel_id,
       parcel.order_id,
       parcel.producer_id,
       asked.state,
       asked.reason,
       nullif(asked.verdict, '') AS verdict,
       asked.goods_vnd AS goods_total,
       asked.shipping_vnd AS shipping_total,
       asked.goods_vnd + asked.shipping_vnd AS total,
       refund.id AS refund_id,
       refund.amount_vnd AS amount,
       asked.is_borne_by_shop AS shop_pays,
       asked.asked_at,
       asked.answered_at,
       asked.decided_at,
       asked.sent_back_at,
       asked.received_at
FROM returns_returnrequest AS asked
JOIN parcels_parcel AS parcel ON parcel.id = asked.parcel_id
LEFT JOIN payments_refund AS refund ON refund.key = 'return:' || asked.id
