drop table case_entries;
drop table cases;
drop table case_counters;
drop table case_types;
