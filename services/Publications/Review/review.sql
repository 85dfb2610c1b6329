-- Links in the words of publications, and what a look at each brought. Applied by db-apply; only adds.
create table if not exists link_checks (
    publication_id uuid not null,
    url            text not null,
    found_at       timestamptz not null,
    due_at         timestamptz,              -- next look; a claim moves it on, which is the lease; null: never by itself
    checked_at     timestamptz,
    outcome        text,                     -- answers, dead, silent, unsafe
    status         int,
    primary key (publication_id, url)
);
create index if not exists link_checks_due on link_checks (due_at) where due_at is not null;
