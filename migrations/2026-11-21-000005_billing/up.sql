-- Billing as a read model: invoices with their lines as the issuer wrote them, and payments.
-- Balance is always the sum of these rows; it is stored nowhere.

create table invoices (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  supply_point_id uuid,
  number text not null,
  kind text not null check (kind in ('invoice', 'credit_note', 'advance', 'settlement')),
  issued_on date not null,
  due_on date,
  period_from date,
  period_to date,
  currency text not null,
  -- Signed as they act on the balance: a credit note is negative.
  net_minor bigint not null,
  tax_minor bigint not null,
  prepaid_minor bigint not null,
  rounding_minor bigint not null,
  payable_minor bigint not null,
  -- Everything else the document said, by business term (EN 16931 BT numbers), and its digest.
  document jsonb not null,
  digest bytea not null,
  source text not null,
  source_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, account_id, number),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id),
  foreign key (tenant_id, supply_point_id) references supply_points (tenant_id, id)
);
create index invoices_account on invoices (tenant_id, account_id, issued_on desc, id desc);

create table invoice_lines (
  tenant_id uuid not null,
  invoice_id uuid not null,
  position integer not null check (position > 0),
  reference text not null,
  name text not null,
  quantity numeric,
  unit text,
  price numeric,
  net_minor bigint not null,
  tax_rate numeric,
  document jsonb not null,
  primary key (tenant_id, invoice_id, position),
  foreign key (tenant_id, invoice_id) references invoices (tenant_id, id)
);

create table payments (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  received_on date not null,
  amount_minor bigint not null,
  currency text not null,
  payment_key text,
  source text not null,
  source_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, id)
);
create index payments_account on payments (tenant_id, account_id, received_on desc, id desc);

create table imports (
  tenant_id uuid not null references tenants (id),
  id uuid not null,
  format text not null,
  file_name text not null,
  digest bytea not null,
  at timestamptz not null,
  added integer not null,
  changed integer not null,
  unchanged integer not null,
  primary key (tenant_id, id)
);
create index imports_digest on imports (tenant_id, digest);

alter table invoices enable row level security;
alter table invoices force row level security;
create policy tenant on invoices using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table invoice_lines enable row level security;
alter table invoice_lines force row level security;
create policy tenant on invoice_lines using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table payments enable row level security;
alter table payments force row level security;
create policy tenant on payments using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);
alter table imports enable row level security;
alter table imports force row level security;
create policy tenant on imports using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)
  with check (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid);

grant select, insert on invoices, invoice_lines, payments, imports to busbar_runtime;
grant select on invoices, invoice_lines, payments, imports to busbar_worker;
