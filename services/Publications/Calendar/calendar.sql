-- The calendar beside the event store: one row per publication, channel and period in which the calendar said so. Applied by db-apply; only adds.

create table if not exists calendar_items (
    id             bigint generated always as identity,     -- of what a row says, which never changes; a replica keeps it in memory by this
    publication_id uuid not null,
    channel        text collate "C" not null,
    body           text not null,
    kind           text not null,
    state          text not null,
    at             timestamptz not null,                    -- its place: released, else due, else wanted
    embargo        timestamptz,
    shown          text not null,                           -- the row as doors show it, JSON; what else stands here is taken out of it
    valid_from     timestamptz not null,                    -- when the calendar began to say so
    valid_to       timestamptz not null default 'infinity', -- and ceased to
    primary key (publication_id, channel, valid_from)
);
create unique index if not exists calendar_items_id on calendar_items (id);
-- a month is read from an index alone, in the order in which it is shown
create index if not exists calendar_items_now on calendar_items (at, publication_id, channel) include (id, state) where valid_to = 'infinity';
create index if not exists calendar_items_now_body on calendar_items (body, at, publication_id, channel) include (id, state) where valid_to = 'infinity';
create index if not exists calendar_items_then on calendar_items (at, publication_id, channel) include (id, state, valid_from, valid_to);
create index if not exists calendar_items_then_body on calendar_items (body, at, publication_id, channel) include (id, state, valid_from, valid_to);
create index if not exists calendar_items_posted on calendar_items (body, kind, at) where valid_to = 'infinity' and channel = 'site' and state in ('Released', 'Corrected');
create index if not exists calendar_items_updated on calendar_items (body, kind, valid_from) where valid_to = 'infinity' and channel = 'site' and state in ('Released', 'Corrected');
create index if not exists calendar_items_walls on calendar_items (at) where valid_to = 'infinity' and shown like '%"wall":{%';

-- From an instant on the calendar says this of a publication. What it says already goes on; clocks of replicas may differ by a little, periods never overlap.
create or replace function calendar_place(publication uuid, since timestamptz, places jsonb) returns void language plpgsql
set plan_cache_mode = force_generic_plan -- the same few rows each time: planning them anew costs more than finding them
as $$
declare began timestamptz;
begin
    select greatest(since, max(valid_from), max(valid_to) filter (where valid_to < 'infinity')) into began from calendar_items where publication_id = publication;
    delete from calendar_items c where publication_id = publication and valid_to = 'infinity' and valid_from = began
        and not exists (select from jsonb_to_recordset(places) as p(channel text, shown text) where p.channel = c.channel and p.shown = c.shown);
    update calendar_items c set valid_to = began where publication_id = publication and valid_to = 'infinity'
        and not exists (select from jsonb_to_recordset(places) as p(channel text, shown text) where p.channel = c.channel and p.shown = c.shown);
    insert into calendar_items (publication_id, channel, body, kind, state, at, embargo, shown, valid_from)
        select publication, p.channel, p.body, p.kind, p.state, p.at, p.embargo, p.shown, began
        from jsonb_to_recordset(places) as p(channel text, body text, kind text, state text, at timestamptz, embargo timestamptz, shown text)
        where not exists (select from calendar_items c where c.publication_id = publication and c.channel = p.channel and c.valid_to = 'infinity');
end $$;
