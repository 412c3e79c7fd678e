-- The customers of a utility: who they are, how they are reached, what they have on which premises.
-- Every imported row says from which system it came and when (source, source_at).

create table customers (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  number text not null,
  kind text not null check (kind in ('person', 'company')),
  class text not null check (class in ('household', 'business', 'large')),
  name text not null,
  name_norm text collate "C" not null,
  registration_number text,
  language text not null,
  source text not null,
  source_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, number)
);
create index customers_name on customers (tenant_id, name_norm, id);

create table contact_points (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('phone', 'email')),
  value text not null,
  value_norm text collate "C" not null,
  preferred boolean not null,
  source text not null,
  source_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, customer_id, kind, value_norm),
  foreign key (tenant_id, customer_id) references customers (tenant_id, id)
);
create index contact_points_value on contact_points (tenant_id, value_norm, customer_id);

create table accounts (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  number text not null,
  payment_key text not null,
  currency text not null,
  source text not null,
  source_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, customer_id) references customers (tenant_id, id)
);
create index accounts_customer on accounts (tenant_id, customer_id);
create index accounts_payment_key on accounts (tenant_id, payment_key);

create table premises (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  street text not null,
  house_number text not null,
  city text not null,
  postcode text not null,
  country text not null,
  address_norm text collate "C" not null,
  source text not null,
  source_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, address_norm)
);

create table supply_points (
  tenant_id uuid not null,
  id uuid not null,
  premise_id uuid not null,
  commodity text not null check (commodity in ('electricity', 'gas', 'water', 'heat')),
  code text not null,
  code_kind text not null check (code_kind in ('ean', 'eic', 'ppe', 'pod', 'gsrn', 'own')),
  source text not null,
  source_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, premise_id) references premises (tenant_id, id)
);
create index supply_points_premise on supply_points (tenant_id, premise_id);

create table meters (
  tenant_id uuid not null,
  id uuid not null,
  supply_point_id uuid not null,
  serial text not null,
  kind text not null,
  installed_on date,
  source text not null,
  source_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, serial),
  foreign key (tenant_id, supply_point_id) references supply_points (tenant_id, id)
);
create index meters_supply_point on meters (tenant_id, supply_point_id);

create table contracts (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  supply_point_id uuid not null,
  number text not null,
  product text not null,
  valid_from date not null,
  valid_to date,
  source text not null,
  source_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id),
  foreign key (tenant_id, supply_point_id) references supply_points (tenant_id, id)
);
create index contracts_account on contracts (tenant_id, account_id);
create index contracts_supply_point on contracts (tenant_id, supply_point_id);

-- The portal's side: sign-in links (single use, bound to customer and tenant) and sessions.
create table portal_links (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  digest bytea not null check (length(digest) = 32),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, digest),
  foreign key (tenant_id, customer_id) references customers (tenant_id, id)
);
create table portal_sessions (
  tenant_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  kind text not null check (kind in ('cookie', 'bearer')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customers (tenant_id, id)
);

alter table customers enable row level security;
alter table customers force row level security;
create policy tenant on customers using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table contact_points enable row level security;
alter table contact_points force row level security;
create policy tenant on contact_points using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table accounts enable row level security;
alter table accounts force row level security;
create policy tenant on accounts using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table premises enable row level security;
alter table premises force row level security;
create policy tenant on premises using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table supply_points enable row level security;
alter table supply_points force row level security;
create policy tenant on supply_points using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table meters enable row level security;
alter table meters force row level security;
create policy tenant on meters using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table contracts enable row level security;
alter table contracts force row level security;
create policy tenant on contracts using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table portal_links enable row level security;
alter table portal_links force row level security;
create policy tenant on portal_links using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table portal_sessions enable row level security;
alter table portal_sessions force row level security;
create policy tenant on portal_sessions using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant select, insert, update on customers, contact_points, accounts, premises, supply_points, meters, contracts to busbar_runtime;
grant select, insert on portal_links, portal_sessions to busbar_runtime;
grant update (used_at) on portal_links to busbar_runtime;
grant update (ended_at) on portal_sessions to busbar_runtime;
grant select on customers, contact_points, accounts, premises, supply_points, meters, contracts to busbar_worker;
grant select, insert on portal_links to busbar_worker;
