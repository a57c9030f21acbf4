SELECT record.id AS stock_id,
       record.product_id,
       record.partner_id AS producer_id,
       record.partner_sku AS sku,
       record.num_in_stock AS on_hand,
       record.num_allocated AS reserved,
       record.num_in_stock - record.num_allocated AS free
FROM partner_stockrecord AS record
