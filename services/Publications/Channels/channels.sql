-- What accounts have beside their facts: credentials, sealed. Applied by db-apply; only adds.
create table if not exists channel_credentials (
    account_id uuid primary key,
    sealed     bytea not null              -- a JSON object of names and values, under the purpose channel-credentials
);
