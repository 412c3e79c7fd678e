-- Contacts of customers with the centre, the calls behind them and the offers made to operators.
-- Partitioned by quarter through the id (a UUIDv7 begins with its instant): the card looks back thirteen months, and each
-- partition it opens costs more than the rows it reads there.

create table interactions (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  channel text not null check (channel in ('voice', 'chat', 'mail', 'portal')),
  direction text not null check (direction in ('in', 'out')),
  state text not null check (state in ('waiting', 'offered', 'active', 'wrap_up', 'closed', 'abandoned')),
  match text not null check (match in ('one', 'several', 'none', 'withheld')),
  from_number text,
  to_number text,
  queue text not null,
  source text not null,
  customer_id uuid,
  person_id uuid,
  started_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  closed_at timestamptz,
  end_cause text,
  wrap_up_code text,
  disposition text,
  note text,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customers (tenant_id, id)
) partition by range (id);
call partitions_ensure('interactions', '2025-01-01', '2027-12-01', 3);
create index interactions_customer on interactions (tenant_id, customer_id, id desc);
create index interactions_waiting on interactions (tenant_id, id) where state = 'waiting';
create index interactions_open on interactions (tenant_id, person_id, id) where state in ('offered', 'active', 'wrap_up');

-- The switchboard's own id of a call, so that its events find the contact in any order and any number of times.
create table calls (
  tenant_id uuid not null references tenants (id),
  source text not null,
  call_id text not null,
  interaction_id uuid,
  ended_at timestamptz,
  end_cause text,
  first_at timestamptz not null,
  primary key (tenant_id, source, call_id)
);

create table offers (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  interaction_id uuid not null,
  person_id uuid not null references people (id),
  state text not null check (state in ('live', 'accepted', 'declined', 'expired', 'withdrawn')),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id)
);
create unique index offers_live on offers (tenant_id, interaction_id) where state = 'live';
create index offers_person on offers (tenant_id, person_id) where state = 'live';
create index offers_interaction on offers (tenant_id, interaction_id, person_id);

create table wrap_up_codes (
  tenant_id uuid not null references tenants (id),
  key text not null,
  position integer not null,
  labels jsonb not null,
  primary key (tenant_id, key)
);

-- Switchboards of the centre; bound to one utility, or (tenant_id null) serving those whose numbers it carries.
create table switchboards (
  id uuid primary key,
  name text not null,
  digest bytea not null unique check (length(digest) = 32),
  bound_tenant_id uuid references tenants (id)
);
create table dialled_numbers (
  tenant_id uuid not null references tenants (id),
  number text not null,
  switchboard_id uuid not null references switchboards (id),
  queue text not null,
  primary key (tenant_id, number)
);
create index dialled_numbers_number on dialled_numbers (number);

-- The tenant comes from token and dialled number, never from what the caller says.
create function pre_tenant_dialled(token_digest bytea, dialled text)
  returns table (tenant_id uuid, queue text, switchboard text)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select d.tenant_id, d.queue, s.name
  from public.switchboards s
  join public.dialled_numbers d on d.switchboard_id = s.id and d.number = dialled
  where s.digest = token_digest and (s.bound_tenant_id is null or s.bound_tenant_id = d.tenant_id)
$$;
create function pre_tenant_switchboard(token_digest bytea) returns table (name text)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select s.name from public.switchboards s where s.digest = token_digest
$$;
revoke all on function pre_tenant_dialled(bytea, text), pre_tenant_switchboard(bytea) from public;
grant execute on function pre_tenant_dialled(bytea, text), pre_tenant_switchboard(bytea) to busbar_runtime;

alter table interactions enable row level security;
alter table interactions force row level security;
create policy tenant on interactions using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table calls enable row level security;
alter table calls force row level security;
create policy tenant on calls using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table offers enable row level security;
alter table offers force row level security;
create policy tenant on offers using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table wrap_up_codes enable row level security;
alter table wrap_up_codes force row level security;
create policy tenant on wrap_up_codes using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table dialled_numbers enable row level security;
alter table dialled_numbers force row level security;
create policy tenant on dialled_numbers using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant select, insert, update on interactions, calls, offers to busbar_runtime, busbar_worker;
grant select, insert on wrap_up_codes to busbar_runtime;
grant select on dialled_numbers to busbar_runtime;
create policy pre_tenant on dialled_numbers for select to current_user using (true);
