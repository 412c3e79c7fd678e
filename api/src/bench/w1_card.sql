-- The leanest statement for the desk's card: one JSON value with the same content, nothing that the page does not ask.
-- {tenant} and {prefix} are written in; :n is the number of the contact, :client_id that of the operator.
with o as materialized (
  select i.* from interactions i
  where i.tenant_id = '{tenant}' and i.id = ('{prefix}' || lpad(to_hex(:n::bigint), 12, '0'))::uuid),
acc as materialized (
  select a.id, a.number, a.payment_key, a.currency, a.source, a.source_at from accounts a
  where a.tenant_id = '{tenant}' and a.customer_id = (select customer_id from o)),
inv as materialized (
  select i.id, i.account_id, i.number, i.kind, i.issued_on, i.due_on, i.currency, i.net_minor, i.tax_minor, i.payable_minor,
    i.source, i.source_at,
    sum(greatest(i.payable_minor, 0)) over (partition by i.account_id order by i.issued_on, i.id) as owed_so_far
  from acc join invoices i on i.tenant_id = '{tenant}' and i.account_id = acc.id),
sums as materialized (
  select acc.id as account_id, coalesce(v.payable, 0) as payable, coalesce(v.credit, 0) as credit, coalesce(v.due, 0) as due,
    coalesce((select sum(y.amount_minor) from payments y where y.tenant_id = '{tenant}' and y.account_id = acc.id), 0) as paid
  from acc left join (
    select account_id, sum(payable_minor) as payable, -sum(least(payable_minor, 0)) as credit,
      sum(payable_minor) filter (where due_on < current_date or payable_minor < 0) as due
    from inv group by account_id) v on v.account_id = acc.id)
select o.customer_id, json_build_object(
  'match', o.match,
  'interaction', json_build_object('id', o.id, 'channel', o.channel, 'direction', o.direction, 'state', o.state,
    'match', o.match, 'from', o.from_number, 'queue', o.queue, 'startedAt', o.started_at, 'answeredAt', o.answered_at,
    'endedAt', o.ended_at, 'mine', o.person_id = ('{person}' || lpad(to_hex(:client_id::bigint), 12, '0'))::uuid,
    'customerId', o.customer_id, 'wrapUpCode', o.wrap_up_code, 'disposition', o.disposition),
  'candidates', '[]'::json,
  'customer', (
    select json_build_object('id', c.id, 'number', c.number, 'kind', c.kind, 'class', c.class, 'language', c.language,
      'name', c.name, 'phones', coalesce(cp.phones, '[]'), 'emails', coalesce(cp.emails, '[]'),
      'source', json_build_object('system', c.source, 'at', c.source_at))
    from customers c, (
      select json_agg(cp.value order by cp.preferred desc, cp.value_norm) filter (where cp.kind = 'phone') as phones,
        json_agg(cp.value order by cp.preferred desc, cp.value_norm) filter (where cp.kind = 'email') as emails
      from contact_points cp where cp.tenant_id = '{tenant}' and cp.customer_id = o.customer_id) cp
    where c.tenant_id = '{tenant}' and c.id = o.customer_id),
  'accounts', coalesce((
    select json_agg(json_build_object('id', a.id, 'number', a.number, 'paymentKey', a.payment_key, 'currency', a.currency,
      'balance', z.payable - z.paid, 'overdue', greatest(0, z.due - z.paid),
      'source', json_build_object('system', a.source, 'at', a.source_at)) order by a.number)
    from acc a join sums z on z.account_id = a.id), '[]'),
  'supplyPoints', coalesce((
    select json_agg(json_build_object('id', s.id, 'code', s.code, 'codeKind', s.code_kind, 'commodity', s.commodity,
      'address', pr.street || ' ' || pr.house_number || ', ' || pr.postcode || ' ' || pr.city,
      'meters', coalesce((
        select json_agg(json_build_object('id', m.id, 'serial', m.serial, 'kind', m.kind) order by m.installed_on desc, m.serial)
        from meters m where m.tenant_id = '{tenant}' and m.supply_point_id = s.id), '[]'),
      'contract', json_build_object('number', k.number, 'product', k.product),
      'source', json_build_object('system', s.source, 'at', s.source_at)) order by s.commodity, s.code)
    from (
      select distinct on (k.supply_point_id) k.supply_point_id, k.number, k.product
      from acc join contracts k on k.tenant_id = '{tenant}' and k.account_id = acc.id
      order by k.supply_point_id, (k.valid_from <= current_date and (k.valid_to is null or current_date <= k.valid_to)) desc,
        k.valid_from desc, k.id) k
    join supply_points s on s.tenant_id = '{tenant}' and s.id = k.supply_point_id
    join premises pr on pr.tenant_id = '{tenant}' and pr.id = s.premise_id), '[]'),
  'invoices', coalesce((
    select json_agg(json_build_object('id', v.id, 'number', v.number, 'kind', v.kind, 'issuedOn', v.issued_on,
      'dueOn', v.due_on, 'currency', v.currency, 'net', v.net_minor, 'tax', v.tax_minor, 'payable', v.payable_minor,
      'settled', v.payable_minor <= 0 or v.owed_so_far <= z.paid + z.credit,
      'source', json_build_object('system', v.source, 'at', v.source_at)) order by v.issued_on desc, v.id desc)
    from (select * from inv order by issued_on desc, id desc limit 6) v join sums z on z.account_id = v.account_id), '[]'),
  'cases', coalesce((
    select json_agg(json_build_object('id', c.id, 'number', c.number, 'typeLabel', t.labels ->> 'en', 'subject', c.subject,
      'state', c.state, 'priority', c.priority, 'openedAt', c.opened_at) order by c.state = 'closed', c.id desc)
    from (
      select k.* from cases k where k.tenant_id = '{tenant}' and k.customer_id = o.customer_id
      order by k.state = 'closed', k.id desc limit 10) c
    join case_types t on t.tenant_id = '{tenant}' and t.key = c.type), '[]'),
  'interactions', coalesce((
    select json_agg(json_build_object('id', i.id, 'channel', i.channel, 'direction', i.direction, 'state', i.state,
      'startedAt', i.started_at, 'person', p.display_name, 'note', i.note) order by i.id desc)
    from (
      select l.id, l.channel, l.direction, l.state, l.started_at, l.person_id, l.note from interactions l
      where l.tenant_id = '{tenant}' and l.customer_id = o.customer_id and l.id >= '{since}' and l.id < '{until}'
        and l.state in ('closed', 'abandoned') and l.id <> o.id
      order by l.id desc limit 5) i
    left join people p on p.id = i.person_id), '[]')) as card
from o
