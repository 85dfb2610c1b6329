-- What PressEvents has beside its event store. Applied by db-apply; only adds.
create extension if not exists btree_gist;

-- who has a hall and when: written in the event's own transaction. Half-open ranges, so neighbours may touch; over midnight alike.
create table if not exists hall_reservations (
    press_event_id uuid primary key,
    hall           text not null,
    during         tstzrange not null check (not isempty(during) and lower_inc(during) and not upper_inc(during)),
    constraint hall_reserved_once exclude using gist (hall with =, during with &&)
);
