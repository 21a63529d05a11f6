-- Codes on their way to phones: the outbox of the SMS gateway. Only additions.

create table texts (
    id          uuid        primary key,                -- also what the gateway knows the message by
    site_id     uuid        not null references sites on delete cascade,
    customer_id uuid        not null,
    state       text        not null check (state in ('queued', 'sent', 'refused', 'failed', 'expired')),
    sealed_text bytea,                                  -- number and words; wiped at the end
    answer      text,                                   -- the gateway's status, or a short word
    created_at  timestamptz not null,
    expires_at  timestamptz not null,                   -- a code is not sent after its life
    check ((state = 'queued') = (sealed_text is not null)),
    foreign key (site_id, customer_id) references customers (site_id, id) on delete cascade
);
create index texts_customer on texts (site_id, customer_id, created_at desc);
create index texts_created on texts (created_at) where state <> 'queued';
