-- What leaves an operation: events for the worker, the answer kept for a repeated key, leases of the jobs.

create table outbox (
  tenant_id uuid not null,
  id uuid not null,
  type text not null,
  v smallint not null,
  aggregate text not null,
  aggregate_id uuid not null,
  at timestamptz not null,
  -- References only, no personal data: the worker reads these rows across tenants.
  payload jsonb not null,
  state text not null default 'pending' check (state in ('pending', 'done', 'dead')),
  due_at timestamptz not null,
  attempts integer not null default 0,
  done_at timestamptz,
  fault text,
  primary key (tenant_id, id)
) partition by range (id);
call partitions_ensure('outbox', '2026-01-01', '2027-12-01', 1);
create index outbox_pending on outbox (due_at, id) where state = 'pending';
create index outbox_aggregate on outbox (tenant_id, aggregate_id, id);

create table idempotency_keys (
  tenant_id uuid not null,
  actor_id uuid not null,
  key text not null check (length(key) between 8 and 128),
  fingerprint bytea not null check (length(fingerprint) = 32),
  answer text not null,
  at timestamptz not null,
  primary key (tenant_id, actor_id, key)
);

alter table outbox enable row level security;
alter table outbox force row level security;
create policy tenant on outbox to busbar_runtime using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
-- The worker claims across tenants here and nowhere else; then it sets one tenant per row.
create policy worker on outbox to busbar_worker using (true)
  with check (true);
alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy tenant on idempotency_keys using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

create table leases (
  name text primary key,
  holder uuid not null,
  fence bigint not null,
  until timestamptz not null
);

grant select, insert on outbox to busbar_runtime;
grant select, insert, update on outbox to busbar_worker;
grant select, insert on idempotency_keys to busbar_runtime;
grant select, delete on idempotency_keys to busbar_worker;
grant select, insert, update on leases to busbar_worker;
