-- What Inquiries has beside its event store. Applied by db-apply; only adds.
create schema if not exists vault;

-- one row per request's words: sealed with the subject's own key, which lives in another database
create table if not exists vault.items (
    item_id    uuid primary key,
    subject_id uuid not null,
    kind       text not null,                 -- form, answer, reason
    sealed     bytea not null
);
create index if not exists items_subject on vault.items (subject_id);

-- who read the vault, and why; the reason is an official's words about a person and is sealed with the subject's key
create table if not exists vault.reads (
    read_id    uuid primary key,
    subject_id uuid not null,
    reader     text not null,
    body       text,
    reason     bytea not null,
    read_at    timestamptz not null
);
create index if not exists reads_subject on vault.reads (subject_id, read_at);

-- messageId of the e-gov gateway (keyed hash) to the request it made
create table if not exists forms (
    message_mac bytea primary key,
    content_mac bytea not null,
    inquiry_id  uuid not null
);

-- registration numbers, gapless per holder and year: the row's lock is the queue
create table if not exists numbers (
    holder text not null,
    year   int not null,
    last   int not null,
    primary key (holder, year)
);

-- forms that do not parse, sealed; listed and replayed by an admin
create table if not exists quarantine (
    quarantine_id uuid primary key,
    channel       text not null,
    code          text not null,
    fields        text[] not null,
    sealed        bytea not null,
    content_mac   bytea not null unique,      -- the same bytes again make no second row
    received_at   timestamptz not null,
    replayed_at   timestamptz,
    inquiry_id    uuid
);
create index if not exists quarantine_open on quarantine (received_at) where replayed_at is null;

-- changes of the working calendar: one row each, by which the recalculation goes; its lock is the claim
create table if not exists calendar_changes (
    change_id        uuid primary key,
    calendar_version text not null unique,
    stream_version   bigint not null,             -- of the calendar's stream after the change
    days             date[] not null,             -- that work in one calendar and not in the other
    made_at          timestamptz not null,
    candidates       int,                         -- null until they are noted
    examined         int not null default 0,
    recalculated     int not null default 0,
    late_in_time     int not null default 0,
    in_time_late     int not null default 0,
    finished_at      timestamptz,
    settled_at       timestamptz                  -- looked at once more, and never again
);
create index if not exists calendar_changes_unsettled on calendar_changes (stream_version) where settled_at is null;

-- the open requests whose terms may hold a changed day; emptied at the end
create table if not exists calendar_candidates (
    change_id  uuid not null,
    n          int not null,
    inquiry_id uuid not null,
    primary key (change_id, n)
);
