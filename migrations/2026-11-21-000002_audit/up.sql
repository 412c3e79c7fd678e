-- What was done and seen, by whom, for which utility. Entries are only ever inserted; the sealer adds
-- sequence and hash in a table of its own, so that the runtime role needs no update anywhere here.

create table audit_entries (
  tenant_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'customer', 'service', 'system', 'nobody')),
  actor_id uuid,
  action text not null,
  object_kind text,
  object_id uuid,
  purpose_kind text,
  purpose_id uuid,
  outcome text not null check (outcome in ('done', 'refused')),
  request_id uuid not null,
  detail jsonb not null,
  primary key (tenant_id, id)
) partition by range (id);
call partitions_ensure('audit_entries', '2026-01-01', '2027-12-01', 1);

create table audit_subjects (
  tenant_id uuid not null,
  entry_id uuid not null,
  customer_id uuid not null,
  classes text[] not null,
  primary key (tenant_id, entry_id, customer_id)
) partition by range (entry_id);
call partitions_ensure('audit_subjects', '2026-01-01', '2027-12-01', 1);
create index audit_subjects_customer on audit_subjects (tenant_id, customer_id, entry_id desc);

create table audit_seals (
  tenant_id uuid not null,
  seq bigint not null check (seq > 0),
  entry_id uuid not null,
  hash bytea not null check (length(hash) = 32),
  primary key (tenant_id, seq),
  unique (tenant_id, entry_id)
);

-- One signed head per sealed batch: seq and hash of the newest sealed entry.
create table audit_heads (
  tenant_id uuid not null,
  seq bigint not null,
  hash bytea not null,
  at timestamptz not null,
  key_id text not null,
  signature bytea not null,
  primary key (tenant_id, seq)
);

alter table audit_entries enable row level security;
alter table audit_entries force row level security;
create policy tenant on audit_entries using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table audit_subjects enable row level security;
alter table audit_subjects force row level security;
create policy tenant on audit_subjects using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table audit_seals enable row level security;
alter table audit_seals force row level security;
create policy tenant on audit_seals using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table audit_heads enable row level security;
alter table audit_heads force row level security;
create policy tenant on audit_heads using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant select, insert on audit_entries, audit_subjects to busbar_runtime, busbar_worker;
grant select on audit_seals, audit_heads to busbar_runtime;
grant select, insert on audit_seals, audit_heads to busbar_worker;
