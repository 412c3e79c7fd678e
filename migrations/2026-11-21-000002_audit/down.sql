drop table audit_heads;
drop table audit_seals;
drop table audit_subjects;
drop table audit_entries;
