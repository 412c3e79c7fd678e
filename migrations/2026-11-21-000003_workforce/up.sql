-- People of the centre, what they were granted, their sessions and presence; the policies that decide.

create table people (
  id uuid primary key,
  login text not null unique,
  display_name text not null,
  locale text not null,
  extension text unique,
  active boolean not null default true,
  password_hash text not null,
  created_at timestamptz not null
);
-- The hash is read only by pre_tenant_sign_in.
grant select (id, login, display_name, locale, extension, active) on people to busbar_runtime, busbar_worker;

create table sessions (
  id uuid primary key,
  person_id uuid not null references people (id),
  kind text not null check (kind in ('cookie', 'bearer')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_person on sessions (person_id, expires_at);
grant select, insert on sessions to busbar_runtime, busbar_worker;
grant update (ended_at) on sessions to busbar_runtime;

create table presence (
  person_id uuid primary key references people (id),
  state text not null check (state in ('offline', 'available', 'busy', 'wrap_up', 'break')),
  reason text,
  since timestamptz not null,
  -- The one live offer or open contact that fills the voice slot, in whichever utility.
  held_tenant_id uuid references tenants (id),
  held_interaction_id uuid
);
create index presence_available on presence (since) where state = 'available';
grant select, insert, update on presence to busbar_runtime, busbar_worker;

create table grants (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  person_id uuid not null references people (id),
  role text not null,
  commodity text check (commodity in ('electricity', 'gas', 'water', 'heat')),
  skills jsonb not null,
  languages text[] not null,
  purpose text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  training_valid_to timestamptz,
  granted_by uuid not null references people (id),
  approved_by uuid references people (id),
  check (valid_to is null or valid_to >= valid_from),
  primary key (tenant_id, id)
);
create index grants_person on grants (tenant_id, person_id, valid_from);
alter table grants enable row level security;
alter table grants force row level security;
create policy tenant on grants using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert on grants to busbar_runtime;
grant update (valid_to) on grants to busbar_runtime;
grant select on grants to busbar_worker;

create table policies (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  role text not null,
  object text not null,
  act text not null,
  condition text not null check (condition in ('any', 'assigned', 'case', 'glass', 'self')),
  effect text not null check (effect in ('allow', 'deny')),
  sealed boolean not null,
  primary key (tenant_id, id),
  unique (tenant_id, role, object, act, condition, effect)
);
alter table policies enable row level security;
alter table policies force row level security;
create policy tenant on policies using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, delete on policies to busbar_runtime;
grant select on policies to busbar_worker;

-- Moves in the transaction of any change of policy; every operation reads it, so that the next one on every node obeys.
create table policy_epochs (
  tenant_id uuid not null references tenants (id),
  epoch bigint not null,
  primary key (tenant_id)
);
alter table policy_epochs enable row level security;
alter table policy_epochs force row level security;
create policy tenant on policy_epochs using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
grant select, insert, update on policy_epochs to busbar_runtime;
grant select on policy_epochs to busbar_worker;

-- Look-ups that precede a tenant.
create function pre_tenant_sign_in(of_login text)
  returns table (person_id uuid, password_hash text, active boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select id, password_hash, active from public.people where login = of_login
$$;
revoke all on function pre_tenant_sign_in(text) from public;
grant execute on function pre_tenant_sign_in(text) to busbar_runtime;

-- Forced row security binds the owner too; a definer's function reads through a policy for its owner alone.
create policy pre_tenant on grants for select to current_user using (true);
create function pre_tenant_grants(of_person uuid)
  returns table (tenant_id uuid, id uuid, role text, commodity text, languages text[], valid_from timestamptz,
    valid_to timestamptz, training_valid_to timestamptz)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select tenant_id, id, role, commodity, languages, valid_from, valid_to, training_valid_to
  from public.grants where person_id = of_person
$$;
revoke all on function pre_tenant_grants(uuid) from public;
grant execute on function pre_tenant_grants(uuid) to busbar_runtime, busbar_worker;
