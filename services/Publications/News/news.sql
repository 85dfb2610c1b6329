-- What was heard of press events, whole, whatever its order; drafts are a function of it. Applied by db-apply after Schema.sql; only adds.
create table if not exists press_event_news (
    press_event_id uuid not null,
    key            text not null,              -- type, and of broadcasts their id
    version        bigint not null,            -- of the event, or of the broadcast
    type           text not null,
    news           jsonb not null,
    came_at        timestamptz not null,
    primary key (press_event_id, key, version)
);

-- what had come before its announcement, by an older release
insert into press_event_news select (news ->> 'pressEventId')::uuid, type, version, type, news, came_at from early_news on conflict do nothing;
