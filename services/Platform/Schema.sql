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

-- who is told of changes by signed webhooks: from which position on, and how the last try went
create table if not exists platform.subscriptions (
    subscription_id uuid primary key,
    owner      text not null,                -- the caller's id
    body       text,                         -- whose messages it gets beside the public ones; all for auditors
    sees_all   boolean not null,
    url        text not null,
    types      text[] not null,              -- empty: all
    secret     bytea not null,               -- sealed
    state      text not null default 'active', -- active, paused
    position   bigint not null,
    due_at     timestamptz not null,         -- next look; a claim moves it on, which is the lease
    failing_since timestamptz,
    attempts   int not null default 0,       -- of the message it stands at
    last_code  text,
    version    bigint not null default 1,
    created_at timestamptz not null
);
create index if not exists subscriptions_due on platform.subscriptions (due_at) where state = 'active';
create index if not exists subscriptions_owner on platform.subscriptions (owner, subscription_id);
