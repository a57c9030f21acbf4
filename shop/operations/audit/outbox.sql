SELECT message.id AS message_id,
       message.key,
       message.kind,
       message.channel,
       message.recipient,
       message.order_id,
       message.created_at,
       message.sent_at,
       message.attempts,
       message.dead_at
FROM notifications_outboxmessage AS message
