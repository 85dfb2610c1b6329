-- What Inquiries has beside its event store. Applied by db-apply after the vault's script; only adds.

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

-- files that a scanner has before it, and what it said; no row where none was configured when the file came
create table if not exists attachment_scans (
    attachment_id uuid primary key,
    inquiry_id    uuid not null,
    subject_id    uuid not null,
    due_at        timestamptz not null,       -- next try; a claim moves it on, which is the lease
    attempts      int not null default 0,
    outcome       text,                       -- clean, infected, erased
    ended_at      timestamptz
);
create index if not exists attachment_scans_due on attachment_scans (due_at) where outcome is null;

-- signatures of forms that wait for a verifier that was away
create table if not exists signature_checks (
    inquiry_id uuid primary key,
    subject_id uuid not null,
    due_at     timestamptz not null,          -- next try; a claim moves it on, which is the lease
    attempts   int not null default 0
);
create index if not exists signature_checks_due on signature_checks (due_at);

-- what is told to senders (webhooks) and askers (e-mail): queued in the transaction of its fact, one for each
create table if not exists notices (
    notice_id  uuid primary key,
    inquiry_id uuid not null,
    kind       text not null,                 -- webhook, e-mail
    what       text not null,                 -- registered, forwarded, answered and so on
    state      text not null default 'queued',
    queued_at  timestamptz not null,
    due_at     timestamptz,                   -- next try; a claim moves it on, which is the lease; null at the end
    attempts   int not null default 0
);
create index if not exists notices_due on notices (due_at) where due_at is not null;
create index if not exists notices_inquiry on notices (inquiry_id);
create index if not exists notices_state on notices (state, notice_id) where state in ('given-up', 'refused', 'unknown');

create table if not exists notice_attempts (
    notice_id  uuid not null,
    number     int not null,
    started_at timestamptz not null,          -- stored before the call
    ended_at   timestamptz,
    code       text,
    primary key (notice_id, number)
);

create schema if not exists proofs;

-- a closed day's tree: ids and leaf hashes side by side, in the order of the ids; made again by check-proofs
create table if not exists proofs.days (
    date           date primary key,          -- Asia/Almaty
    from_sequence  bigint not null,
    up_to_sequence bigint not null,
    signed         jsonb not null,            -- the fact, as its stream has it
    streams        bytea not null,
    leaves         bytea not null
);

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

-- what requests are found by and likened with: keyed hashes of identities, numbers and beginnings of words; erased with their subject
create table if not exists vault.tokens (
    inquiry_id uuid primary key,
    subject_id uuid not null,
    holder     text not null,
    tokens     bigint[] not null
);
create index if not exists tokens_subject on vault.tokens (subject_id);
create index if not exists tokens_holder on vault.tokens (holder);
-- a short list of what is to be sorted in: whoever fills it up sorts it in, and others wait for that one
create index if not exists tokens_all on vault.tokens using gin (tokens) with (gin_pending_list_limit = 128);
