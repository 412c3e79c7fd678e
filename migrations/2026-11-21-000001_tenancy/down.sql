drop table tenants;
drop procedure partitions_ensure(text, date, date, integer);
drop function uuid_at(timestamptz);
