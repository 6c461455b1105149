-- Bytes that the runs' folders hold, and that are reserved beside them.
alter table study add column disk bigint not null default 0;
alter table study add column reserved_disk double precision not null default 0;
