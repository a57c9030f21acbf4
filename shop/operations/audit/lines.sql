SELECT line.id AS line_id,
       line.order_id,
       line.parcel_id,
       line.product_id,
       line.partner_id AS producer_id,
       line.stockrecord_id AS stock_id,
       line.certificate_id,
       line.stars,
       line.quantity,
       line.unit_price_incl_tax::bigint AS unit_price,
       line.line_price_before_discounts_incl_tax::bigint AS line_total
FROM order_line AS line
