SELECT parcel.id AS parcel_id,
       parcel.order_id,
       parcel.producer_id,
       parcel.status,
       parcel.goods_vnd AS goods_total,
       parcel.shipping_vnd AS shipping_total,
       parcel.discount_vnd AS discount_total,
       parcel.total_vnd AS total
FROM parcels_parcel AS parcel
