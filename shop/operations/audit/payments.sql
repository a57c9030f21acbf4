SELECT payment.id AS payment_id,
       payment.order_id,
       payment.method,
       payment.status,
       payment.amount_vnd AS amount,
       payment.captured_vnd AS captured,
       payment.refunded_vnd AS refunded,
       payment.provider_ref
FROM payments_payment AS payment
