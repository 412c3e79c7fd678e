-- Cases: what a customer wants, who solves it, and everything that happened to it.

create table case_types (
  tenant_id uuid not null references tenants (id),
  key text not null,
  position integer not null,
  labels jsonb not null,
  primary key (tenant_id, key)
);

-- A utility's own numbers. Sixteen slots, so that sixteen operators open cases at once without waiting
-- for each other; number = next * 16 + slot.
create table case_counters (
  tenant_id uuid not null references tenants (id),
  slot smallint not null check (slot between 0 and 15),
  next bigint not null,
  primary key (tenant_id, slot)
);

create table cases (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  number text not null,
  type text not null,
  subject text not null,
  state text not null check (state in ('open', 'waiting', 'closed')),
  priority text not null check (priority in ('low', 'normal', 'high', 'emergency')),
  customer_id uuid,
  owner_id uuid references people (id),
  version integer not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, customer_id) references customers (tenant_id, id),
  foreign key (tenant_id, type) references case_types (tenant_id, key)
);
create index cases_customer on cases (tenant_id, customer_id, id desc);
create index cases_state on cases (tenant_id, state, id desc);
create index cases_open on cases (tenant_id, id) where state <> 'closed';
create index cases_owner on cases (tenant_id, owner_id, id desc) where state <> 'closed';

create table case_entries (
  tenant_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  by_kind text not null,
  by_id uuid,
  kind text not null check (kind in ('opened', 'contact', 'note', 'closed', 'confirmed')),
  text text,
  interaction_id uuid,
  primary key (tenant_id, case_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id)
);

alter table case_types enable row level security;
alter table case_types force row level security;
create policy tenant on case_types using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table case_counters enable row level security;
alter table case_counters force row level security;
create policy tenant on case_counters using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table cases enable row level security;
alter table cases force row level security;
create policy tenant on cases using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table case_entries enable row level security;
alter table case_entries force row level security;
create policy tenant on case_entries using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant select, insert on case_types, case_entries to busbar_runtime;
grant select, insert, update on cases, case_counters to busbar_runtime;
grant select on cases, case_types to busbar_worker;
grant select, insert on case_entries to busbar_worker;
