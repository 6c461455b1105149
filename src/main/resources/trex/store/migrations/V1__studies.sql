-- Documents are JSON and never queried; what is queried or changed alone has a column of its own.
create table study (
    number identity primary key,
    id varchar(64) not null unique,
    mission json not null,
    settings json not null,
    state varchar(16) not null,
    created timestamp(9) with time zone not null,
    prepared json,
    spent double precision not null default 0,
    reserved double precision not null default 0,
    result json
);

create table node (
    study varchar(64) not null references study (id),
    number int not null,
    parent int,
    strategy json not null,
    state varchar(16) not null,
    score json,
    pruned boolean not null default false,
    note varchar not null default '',
    choice json,
    primary key (study, number)
);

create table run (
    number identity primary key,
    study varchar(64) not null,
    id varchar(64) not null,
    node int not null,
    variant int not null,
    work json not null,
    outcome json,
    unique (study, id),
    foreign key (study, node) references node (study, number)
);

create table insight (
    study varchar(64) not null references study (id),
    place int not null,
    document json not null,
    primary key (study, place)
);

create table journal (
    number identity primary key,
    study varchar(64) not null references study (id),
    written timestamp(9) with time zone not null,
    line varchar not null
);
