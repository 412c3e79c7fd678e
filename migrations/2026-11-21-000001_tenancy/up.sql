-- Who the utilities are. Platform rows without personal data: readable by all, written by the owner alone.
-- The logins busbar_runtime and busbar_worker exist before the first migration (they own nothing).

-- The lowest UUIDv7 of an instant: bounds of the monthly partitions, which are keyed by id.
create function uuid_at(at timestamptz) returns uuid language sql immutable strict parallel safe as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;

-- Makes one partition per so many months from first to last (inclusive) and a default one, so that nothing is refused for
-- its date.
create procedure partitions_ensure(parent text, first date, last date, months integer) language plpgsql as $$
declare month date := date_trunc('month', first); part text;
begin
  if to_regclass(parent || '_rest') is null then
    execute format('create table %I partition of %I default', parent || '_rest', parent);
    execute format('alter table %I enable row level security', parent || '_rest');
    execute format('alter table %I force row level security', parent || '_rest');
  end if;
  while month <= last loop
    part := parent || to_char(month, '_YYYYMM');
    if to_regclass(part) is null then
      execute format('create table %I partition of %I for values from (%L) to (%L)', part, parent,
        uuid_at(month::timestamp at time zone 'UTC'), uuid_at((month + make_interval(months => months)) at time zone 'UTC'));
      execute format('alter table %I enable row level security', part);
      execute format('alter table %I force row level security', part);
    end if;
    month := month + make_interval(months => months);
  end loop;
end $$;

create table tenants (
  id uuid primary key,
  key text not null unique check (key ~ '^[a-z][a-z0-9-]{1,30}$'),
  name text not null,
  role text not null check (role in ('distributor', 'supplier', 'both', 'centre')),
  commodities text[] not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  languages text[] not null,
  zone text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  case_prefix text not null,
  mail_name text not null,
  mail_address text not null,
  brand jsonb not null,
  greetings jsonb not null,
  created_at timestamptz not null
);
comment on table tenants is 'Utilities, and the centre itself under the nil id.';
grant select on tenants to busbar_runtime, busbar_worker;
