-- What every service has beside Marten's tables. Applied by db-apply; only adds.
create schema if not exists platform;

create table if not exists platform.idempotency (
    key        bytea primary key,            -- HMAC of caller, path and key
    body_mac   bytea not null,
    reply      bytea,                        -- sealed; null while the first request runs
    expires_at timestamptz not null
);
create index if not exists idempotency_expiry on platform.idempotency (expires_at);

create table if not exists platform.heard (
    message_id uuid not null,
    consumer   text not null,
    heard_at   timestamptz not null,
    primary key (message_id, consumer)
);
