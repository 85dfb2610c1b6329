-- What Publications has beside its event store. Applied by db-apply; only adds.

-- news about a cause that came before the announcement they change; heard and removed when that comes
create table if not exists early_news (
    publication_id uuid not null,
    version        bigint not null,
    type           text not null,
    news           jsonb not null,
    came_at        timestamptz not null,
    primary key (publication_id, version)
);
