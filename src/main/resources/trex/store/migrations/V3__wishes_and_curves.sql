-- What the person wished and is not granted yet.
alter table study add column boosted int;
alter table study add column ended boolean not null default false;

-- Validation curves of trainings: what later ones are compared with.
create table reading (
    study varchar(64) not null references study (id),
    run varchar(64) not null,
    step int not null,
    steps int not null,
    score json not null,
    primary key (study, run, step)
);
