-- Registrations and check-ins beside the event store. Applied by db-apply after the vault's script; only adds.

-- the seats of each event, counted: every registration of an event takes its turn at this row
create table if not exists press_event_seats (
    press_event_id uuid primary key,
    seats          jsonb not null
);

-- who is registered for what, by keyed hash; goes with its subject
create table if not exists vault.registrants (
    press_event_id  uuid not null,
    person_mac      bytea not null,           -- of the e-mail address, or of the journalist's id
    content_mac     bytea not null,           -- of all particulars
    registration_id uuid not null,
    subject_id      uuid,                     -- null for journalists, whose data stands elsewhere
    primary key (press_event_id, person_mac)
);
create index if not exists registrants_registration on vault.registrants (registration_id);
create index if not exists registrants_subject on vault.registrants (subject_id);

-- what each door device told of already: its own count makes a second telling harmless
create table if not exists door_scans (
    press_event_id uuid not null,
    device_id      text not null,
    seq            bigint not null,
    content        bytea not null,            -- hash, so that the same number with other content is seen
    attendance_id  uuid not null,
    primary key (press_event_id, device_id, seq)
);
