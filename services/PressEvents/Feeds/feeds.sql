-- How often what feeds show has changed: a replica asks this before it answers from memory. Bumped at the commit of whatever writes one of the tables
-- below, in its own transaction and as its last lock, so that nobody sees a change without its number; spread over rows, so that commits do not queue.
create table if not exists feed_versions (
    shard   smallint primary key,
    version bigint not null
);
insert into feed_versions select n, 0 from generate_series(0, 15) n on conflict do nothing;

create or replace function feed_changed() returns trigger language plpgsql as $$
begin
    -- once in a transaction, however many rows it writes
    if current_setting('platform.feed_changed', true) is distinct from pg_current_xact_id()::text then
        update feed_versions set version = version + 1 where shard = pg_backend_pid() % 16;
        perform set_config('platform.feed_changed', pg_current_xact_id()::text, true);
    end if;
    return null;
end $$;

do $$
declare changed text;
begin
    foreach changed in array array['mt_doc_presseventview', 'mt_doc_broadcastview'] loop
        if not exists (select from pg_trigger where tgname = 'feed_changed' and tgrelid = changed::regclass) then
            execute format('create constraint trigger feed_changed after insert or update or delete on %I deferrable initially deferred for each row execute function feed_changed()', changed);
        end if;
    end loop;
end $$;
