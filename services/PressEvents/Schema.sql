-- What PressEvents has beside its event store. Applied by db-apply; only adds.
create extension if not exists btree_gist;

-- who has a hall, the Khabar 24 slot, a speaker or an interpreter, and when: written in the event's own transaction. Half-open ranges, so
-- neighbours may touch; over midnight alike. A hold gives way at held_until.
create table if not exists reservations (
    reservation_id uuid not null,            -- the event's id, or a hold's
    resource       text not null,            -- hall:CODE, slot:khabar24, speaker:ID, interpreter:CODE
    during         tstzrange not null check (not isempty(during) and lower_inc(during) and not upper_inc(during)),
    body           text not null,            -- who has it
    held_until     timestamptz,              -- null: for good
    primary key (reservation_id, resource),
    constraint reserved_once exclude using gist (resource with =, during with &&)
);
create index if not exists reservations_held on reservations (held_until) where held_until is not null;

-- stores of the first days had halls alone, in a table of their own
do $$ begin
    if to_regclass('hall_reservations') is not null then
        with taken as (delete from hall_reservations returning *)
        insert into reservations (reservation_id, resource, during, body) select press_event_id, 'hall:' || hall, during, 'scc' from taken;
    end if;
end $$;
