SELECT placed.id AS order_id,
       placed.number,
       placed.channel,
       placed.status,
       placed.payment_method,
       (SELECT coalesce(sum(line.line_price_before_discounts_incl_tax), 0)
        FROM order_line AS line WHERE line.order_id = placed.id)::bigint AS goods_total,
       placed.shipping_incl_tax::bigint AS shipping_total,
       (SELECT coalesce(sum(parcel.discount_vnd), 0)
        FROM parcels_parcel AS parcel WHERE parcel.order_id = placed.id)::bigint AS discount_total,
       placed.total_incl_tax::bigint AS total,
       placed.basket_id,
       placed.user_id AS buyer_id,
       placed.date_placed AS placed_at,
       placed.hold_until
FROM order_order AS placed
