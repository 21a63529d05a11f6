-- What must happen later, and mail. Only additions.

-- Work that somebody's transaction left behind. A finished job's row goes; a dead one stays to be
-- looked at.
create table jobs (
    id           uuid        primary key,
    site_id      uuid        references sites on delete cascade,  -- null: the deployment's own
    kind         text        not null,
    payload      jsonb       not null,                  -- ids and cursors, never a secret
    priority     smallint    not null check (priority between 0 and 2),
    run_at       timestamptz not null,                  -- not before
    attempts     integer     not null default 0,        -- claims so far
    max_attempts integer     not null check (max_attempts > 0),
    state        text        not null check (state in ('queued', 'running', 'dead')),
    worker       uuid,                                  -- drawn anew at every claim
    lease_until  timestamptz,                           -- after that the job is anybody's
    dedupe_key   text,
    last_error   text,
    created_at   timestamptz not null,
    check ((state = 'running') = (worker is not null)),
    check ((state = 'running') = (lease_until is not null))
);
create index jobs_due on jobs (priority, run_at, id) where state = 'queued';
create index jobs_leases on jobs (lease_until) where state = 'running';
create index jobs_dead on jobs (created_at) where state = 'dead';
create index jobs_site on jobs (site_id) where site_id is not null;
-- One waiting or running job a key.
create unique index jobs_dedupe
    on jobs (coalesce(site_id, '00000000-0000-0000-0000-000000000000'), kind, dedupe_key)
    where dedupe_key is not null and state <> 'dead';

-- The outbox.
create table mails (
    id            uuid        primary key,
    site_id       uuid        not null references sites on delete cascade,
    customer_id   uuid,
    kind          text        not null,
    state         text        not null check (state in ('queued', 'sent', 'refused', 'failed', 'expired')),
    lang          text        not null,
    sealed_letter bytea,                                -- address and contents; wiped at the end
    attempts      integer     not null default 0,
    answer        text,                                 -- SMTP's code and enhanced status, or a short word
    created_at    timestamptz not null,
    expires_at    timestamptz,                          -- a code is not sent after its life
    sent_at       timestamptz,
    check ((state = 'queued') = (sealed_letter is not null)),
    check ((state = 'sent') = (sent_at is not null)),
    foreign key (site_id, customer_id) references customers (site_id, id) on delete cascade
);
create index mails_customer on mails (site_id, customer_id, created_at desc);
create index mails_created on mails (created_at) where state <> 'queued';

-- A permanent refusal of the customer's present address, until a mail gets through.
alter table customers
    add column mail_refused_at timestamptz,
    add column mail_refusal    text,
    add constraint customers_mail_refusal check ((mail_refused_at is null) = (mail_refusal is null));
