-- The audit of a card that was seen: one entry and the classes that were shown of the customer.
with entry as (
  insert into audit_entries (tenant_id, id, at, actor_kind, actor_id, action, purpose_kind, purpose_id, outcome, request_id, detail)
  values ('{tenant}', (lpad(to_hex((date_part('epoch', now()) * 1000)::bigint), 12, '0') || '7000' || lpad(to_hex(:r::bigint), 16, '0'))::uuid,
    now(), 'person', ('{person}' || lpad(to_hex(:client_id::bigint), 12, '0'))::uuid, 'card.read', 'interaction',
    ('{prefix}' || lpad(to_hex(:n::bigint), 12, '0'))::uuid, 'done',
    (lpad(to_hex((date_part('epoch', now()) * 1000)::bigint), 12, '0') || '7000' || lpad(to_hex(:r::bigint), 16, '0'))::uuid, '{}'))
insert into audit_subjects (tenant_id, entry_id, customer_id, classes)
values ('{tenant}', (lpad(to_hex((date_part('epoch', now()) * 1000)::bigint), 12, '0') || '7000' || lpad(to_hex(:r::bigint), 16, '0'))::uuid,
  :customer_id::uuid, '{contact,identity,financial,free_text}')
