-- What is being handed over to Inquiries; a row until it was taken or refused. Applied by db-apply; only adds.
create table if not exists hand_overs (
    hand_over_id uuid primary key,
    due_at       timestamptz not null,          -- next call; a claim moves it on, which is the lease
    attempts     int not null default 0
);
create index if not exists hand_overs_due on hand_overs (due_at);
