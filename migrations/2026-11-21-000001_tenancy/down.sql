drop table tenants;
drop procedure partitions_ensure(text, date, date);
drop function uuid_at(timestamptz);
