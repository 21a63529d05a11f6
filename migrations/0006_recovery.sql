-- Links by mail, the slow way back, and the emergency brake. Only additions.

-- Links in mails. Only a hash of the token is kept; a used link's row goes.
create table links (
    token_hash  bytea       primary key,
    site_id     uuid        not null,
    customer_id uuid        not null,
    purpose     text        not null
        check (purpose in ('reset_password', 'set_password', 'cancel_recovery', 'recover', 'freeze')),
    email_key   text        not null,                   -- whose mailbox it went to
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    foreign key (site_id, customer_id) references customers (site_id, id) on delete cascade
);
create index links_customer on links (site_id, customer_id, purpose);
create index links_expires on links (expires_at);

-- Recoveries under way: of a customer who has lost every second factor, one at a time.
create table recoveries (
    id          uuid        primary key,
    site_id     uuid        not null,
    customer_id uuid        not null,
    lang        text        not null,                   -- of its mails
    started_at  timestamptz not null,
    ready_at    timestamptz not null,                   -- the end of the wait
    told_at     timestamptz,                            -- the mail with the way in was written
    expires_at  timestamptz not null,
    unique (site_id, customer_id),
    foreign key (site_id, customer_id) references customers (site_id, id) on delete cascade
);
create index recoveries_expires on recoveries (expires_at);

alter table customers
    add column frozen_at          timestamptz,          -- nobody signs in
    add column frozen_by          text,                 -- the mailbox (email_key) whose link did it; null: not by mail
    add column password_mailed_at timestamptz,          -- when a password was last set by a mailed link
    add constraint customers_frozen check (frozen_by is null or frozen_at is not null);
