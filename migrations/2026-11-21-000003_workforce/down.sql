drop function pre_tenant_grants(uuid);
drop function pre_tenant_sign_in(text);
drop table policy_epochs;
drop table policies;
drop table grants;
drop table presence;
drop table sessions;
drop table people;
