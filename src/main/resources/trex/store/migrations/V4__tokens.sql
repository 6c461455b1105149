-- Tokens of trainings, settled and reserved.
alter table study add column tokens bigint not null default 0;
alter table study add column reserved_tokens double precision not null default 0;
