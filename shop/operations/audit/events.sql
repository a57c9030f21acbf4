-- actor is 'user:<id>', or 'system' where nobody's hand did it.
SELECT 'certificate:' || event.id AS event_id,
       event.at,
       coalesce('user:' || event.actor_id, 'system') AS actor,
       event.action::text AS action,
       'certificate' AS object_type,
       event.certificate_id AS object_id,
       event.detail
FROM certificates_certificateevent AS event
UNION ALL
SELECT 'parcel:' || event.id,
       event.at,
       coalesce('user:' || event.actor_id, 'system'),
       event.to_status,
       'parcel',
       event.parcel_id,
       jsonb_build_object('from', event.from_status, 'to', event.to_status, 'note', event.note)
FROM parcels_parcelevent AS event
UNION ALL
SELECT 'stock:' || movement.id,
       movement.at,
       coalesce('user:' || movement.actor_id, 'system'),
       movement.kind,
       'stock',
       movement.stock_record_id,
       jsonb_build_object(
           'on_hand', movement.on_hand_change, 'reserved', movement.reserved_change, 'line', movement.order_line_id
       )
FROM stock_stockmovement AS movement
UNION ALL
-- What was done to certificates stands above as their own events; counted stock as movements.
SELECT 'audit:' || entry.id,
       entry.at,
       coalesce('user:' || entry.actor_id, 'system'),
       entry.action,
       entry.object_type,
       CASE WHEN entry.object_id ~ '^[0-9]{1,18}$' THEN entry.object_id::bigint END,
       entry.detail || jsonb_build_object('label', entry.label, 'reason', entry.reason, 'object', entry.object_id)
FROM audit_log_auditentry AS entry
WHERE entry.object_type NOT IN ('certificate', 'stock')
