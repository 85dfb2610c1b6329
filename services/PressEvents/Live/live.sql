-- words of segments, captions and whole transcripts as they came, on and off the record: sealed, opened for planners and for what is derived
create table if not exists live_words (
    words_id       uuid primary key,
    press_event_id uuid not null,
    sealed         bytea not null
);
create index if not exists live_words_of_event on live_words (press_event_id);
