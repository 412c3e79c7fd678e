drop table imports;
drop table payments;
drop table invoice_lines;
drop table invoices;
