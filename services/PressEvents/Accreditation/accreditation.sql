-- Accreditation beside the event store. Applied by db-apply after the vault's script; only adds.

-- whose record is whose: the caller's id as a keyed hash, so that a journalist finds himself; erased with the subject
create table if not exists vault.journalists (
    journalist_id uuid primary key,
    subject_id    uuid not null,
    owner_mac     bytea unique                 -- null when an official entered a paper application
);
create index if not exists journalists_subject on vault.journalists (subject_id);
