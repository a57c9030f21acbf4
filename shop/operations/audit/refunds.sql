SELECT refund.id AS refund_id,
       refund.payment_id,
       refund.order_id,
       refund.parcel_id,
       refund.status,
       refund.amount_vnd AS amount
FROM payments_refund AS refund
