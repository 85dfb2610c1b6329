-- Notices and their tries. Applied by db-apply; only adds. A service that had the table before has its own name for `about`.
create table if not exists notices (
    notice_id  uuid primary key,
    about      uuid not null,                 -- the stream it tells of
    kind       text not null,                 -- webhook, e-mail
    what       text not null,                 -- what happened, a word of the service
    state      text not null default 'queued',
    queued_at  timestamptz not null,
    due_at     timestamptz,                   -- next try; a claim moves it on, which is the lease; null at the end
    attempts   int not null default 0,
    recipient  uuid,                          -- a subject of the vault, or a subscription
    cause      text,                          -- the change it tells of: told once to each recipient
    constraint notices_once unique (about, recipient, cause)
);
alter table notices add column if not exists recipient uuid;
alter table notices add column if not exists cause text;
create index if not exists notices_due on notices (due_at) where due_at is not null;
create index if not exists notices_state on notices (state, notice_id) where state in ('given-up', 'refused', 'unknown');

create table if not exists notice_attempts (
    notice_id  uuid not null,
    number     int not null,
    started_at timestamptz not null,          -- stored before the call
    ended_at   timestamptz,
    code       text,
    primary key (notice_id, number)
);
