-- Personal data and free text, sealed; of every service that keeps some. Applied by db-apply before the service's own script; only adds.
create schema if not exists vault;

-- one row per item: words sealed with the subject's own key, which lives in another database
create table if not exists vault.items (
    item_id    uuid primary key,
    subject_id uuid not null,
    kind       text not null,                 -- what the words are: form, answer, reason
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

-- subjects whose personal data is blocked (94-V): every reader of the vault looks here
create table if not exists vault.blocks (
    subject_id uuid primary key,
    blocked_at timestamptz not null
);

-- erasures whose facts are committed; done once the ledger has its line and the key is destroyed
create table if not exists vault.erasures (
    subject_id uuid primary key,
    asked_at   timestamptz not null,
    done_at    timestamptz
);
create index if not exists erasures_open on vault.erasures (asked_at) where done_at is null;

-- removes subjects from every table of the vault that names them, also from those made later; who read it and that it was erased stays
create or replace function vault.forget(subjects uuid[]) returns bigint language plpgsql as $$
declare
    each record;
    gone bigint;
    total bigint := 0;
begin
    for each in select c.table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'vault' and c.column_name = 'subject_id' and t.table_type = 'BASE TABLE' and c.table_name not in ('reads', 'erasures')
    loop
        execute format('delete from vault.%I where subject_id = any($1)', each.table_name) using subjects;
        get diagnostics gone = row_count;
        total := total + gone;
    end loop;
    return total;
end $$;
