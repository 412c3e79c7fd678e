-- The leanest transaction that writes what logging a contact with a new case writes: one statement per table.
-- {tenant}, {prefix}, {person} and {each} are written in; :n counts the contacts of each client.
\set n :n + 1
\set c :client_id * {each} + :n - 1
\set r random(1, 9000000000000000000)
BEGIN;
SET LOCAL app.tenant = '{tenant}';
update interactions set state = 'closed', closed_at = now(), wrap_up_code = 'billing', disposition = 'follow_up', note = '{note}'
  where tenant_id = '{tenant}' and id = ('{prefix}' || lpad(to_hex(:c::bigint), 12, '0'))::uuid returning customer_id
\gset
update presence set state = 'available', reason = null, since = now(), held_tenant_id = null, held_interaction_id = null
  where person_id = ('{person}' || lpad(to_hex(:client_id::bigint), 12, '0'))::uuid;
update case_counters c set next = c.next + 1
  from (select f.slot from case_counters f where f.tenant_id = '{tenant}' order by f.next, f.slot limit 1 for update skip locked) free, tenants t
  where c.tenant_id = '{tenant}' and c.slot = free.slot and t.id = '{tenant}'
  returning t.case_prefix || '-' || ((c.next - 1) * 16 + c.slot) as number,
    lpad(to_hex((date_part('epoch', now()) * 1000)::bigint), 12, '0') || '7' as at
\gset
insert into cases (tenant_id, id, number, type, subject, state, priority, customer_id, owner_id, version, opened_at)
  values ('{tenant}', (:at || '000' || lpad(to_hex(:r::bigint), 16, '0'))::uuid, :number, 'billing_complaint', '{subject}', 'open', 'normal',
    :customer_id::uuid, ('{person}' || lpad(to_hex(:client_id::bigint), 12, '0'))::uuid, 1, now());
insert into case_entries (tenant_id, case_id, id, at, by_kind, by_id, kind, text, interaction_id)
  values ('{tenant}', (:at || '000' || lpad(to_hex(:r::bigint), 16, '0'))::uuid, (:at || '001' || lpad(to_hex(:r::bigint), 16, '0'))::uuid, now(), 'person',
    ('{person}' || lpad(to_hex(:client_id::bigint), 12, '0'))::uuid, 'opened', '{text}', ('{prefix}' || lpad(to_hex(:c::bigint), 12, '0'))::uuid);
insert into audit_entries (tenant_id, id, at, actor_kind, actor_id, action, object_kind, object_id, purpose_kind, purpose_id, outcome, request_id, detail)
  select '{tenant}', (:at || e.place || lpad(to_hex(:r::bigint), 16, '0'))::uuid, now(), 'person',
    ('{person}' || lpad(to_hex(:client_id::bigint), 12, '0'))::uuid, e.action, e.kind, e.object, 'interaction',
    ('{prefix}' || lpad(to_hex(:c::bigint), 12, '0'))::uuid, 'done', (:at || '006' || lpad(to_hex(:r::bigint), 16, '0'))::uuid, e.detail
  from (values
    ('002', 'case.open', 'case', (:at || '000' || lpad(to_hex(:r::bigint), 16, '0'))::uuid, jsonb_build_object('customer', :customer_id::text)),
    ('003', 'interaction.log', 'interaction', ('{prefix}' || lpad(to_hex(:c::bigint), 12, '0'))::uuid,
      jsonb_build_object('case', (:at || '000' || lpad(to_hex(:r::bigint), 16, '0'))::uuid, 'customer', :customer_id::text))) e (place, action, kind, object, detail);
insert into outbox (tenant_id, id, type, v, aggregate, aggregate_id, at, payload, due_at)
  select '{tenant}', (:at || e.place || lpad(to_hex(:r::bigint), 16, '0'))::uuid, e.type, 1, e.kind, e.object, now(), e.payload, now()
  from (values
    ('004', 'CaseOpened', 'case', (:at || '000' || lpad(to_hex(:r::bigint), 16, '0'))::uuid,
      jsonb_build_object('customer', :customer_id::text, 'interaction', ('{prefix}' || lpad(to_hex(:c::bigint), 12, '0'))::uuid)),
    ('005', 'InteractionLogged', 'interaction', ('{prefix}' || lpad(to_hex(:c::bigint), 12, '0'))::uuid,
      jsonb_build_object('state', 'closed', 'person', ('{person}' || lpad(to_hex(:client_id::bigint), 12, '0'))::uuid))) e (place, type, kind, object, payload);
insert into idempotency_keys (tenant_id, actor_id, key, fingerprint, answer, at)
  values ('{tenant}', ('{person}' || lpad(to_hex(:client_id::bigint), 12, '0'))::uuid, 'bench-' || :at || to_hex(:r::bigint),
    decode('{fingerprint}', 'hex'), '{answer}', now());
COMMIT;
