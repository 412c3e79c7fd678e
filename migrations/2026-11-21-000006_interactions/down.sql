drop function pre_tenant_switchboard(bytea);
drop function pre_tenant_dialled(bytea, text);
drop table dialled_numbers;
drop table switchboards;
drop table wrap_up_codes;
drop table offers;
drop table calls;
drop table interactions;
