SELECT event.event_id,
       event.provider,
       event.type,
       event.state,
       event.received_at,
       event.processed_at
FROM payments_webhookevent AS event
