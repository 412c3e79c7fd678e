-- Before a workload: what an earlier run left is taken away, and the bench's operators exist with grants everywhere.
set client_min_messages = warning;
truncate audit_entries, audit_subjects, audit_seals, audit_heads, outbox, idempotency_keys;
delete from case_entries e using cases c where c.tenant_id = e.tenant_id and c.id = e.case_id and c.owner_id in (select id from people where login like 'bench-%');
delete from cases where owner_id in (select id from people where login like 'bench-%');
delete from interactions where source = 'bench';
delete from sessions where person_id in (select id from people where login like 'bench-%');
drop trigger if exists bench_next on presence;
insert into people (id, login, display_name, locale, password_hash, created_at)
  select ('{person}' || lpad(to_hex(n), 12, '0'))::uuid, 'bench-' || n, 'Bench ' || n, 'en', '', now()
  from generate_series(0, {clients} - 1) n on conflict do nothing;
insert into grants (tenant_id, id, person_id, role, skills, languages, purpose, valid_from, granted_by)
  select t.id, p.id, p.id, 'operator', '{}', '{}', 'bench', now() - interval '1 day', p.id
  from tenants t, people p where t.role <> 'centre' and p.login like 'bench-%' on conflict do nothing;
insert into presence (person_id, state, since) select id, 'offline', now() from people where login like 'bench-%' on conflict do nothing;
vacuum analyze interactions, cases, case_entries, people, grants, presence, sessions, case_counters;
