-- How often a halt was placed or lifted: one row, raised in the transaction of the fact. Claims read it for share.
create table if not exists halt_epoch (
    one   boolean primary key default true check (one),
    epoch bigint not null
);
insert into halt_epoch (epoch) values (0) on conflict do nothing;
