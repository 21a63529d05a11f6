-- The customer's own security page, and remembered devices. Only additions.

-- A sign-in that no service provider asked for: the customer's own pages want to know who it is, or
-- a factor is added from there.
alter table signins
    drop constraint signins_binding_check,
    add constraint signins_binding_check check (binding in ('redirect', 'post', 'test', 'account')),
    add column purpose       text not null default 'sp' check (purpose in ('sp', 'account', 'add_factor')),
    add column account_path  text,                      -- 'account': where it goes on below the account page
    add column session_hash  bytea,                     -- 'add_factor': the session it was begun from
    add column replaces      uuid,                      -- 'add_factor': the factor that goes when the new one is there
    add column remember_days integer,                   -- "don't ask again on this device": ticked, for so many days
    add constraint signins_purpose_path check ((purpose = 'account') = (account_path is not null)),
    add constraint signins_purpose_session check ((purpose = 'add_factor') = (session_hash is not null));

-- The browser in words, as it said itself: 'Chrome/Windows'; null: unknown.
alter table sessions
    add column browser text;

alter table customers
    add column preferred_method text,                   -- what is asked for first
    add column language         text;                   -- BCP 47; chosen while signed in

-- S5: browsers that are not asked for a second factor. Both halves of the cookie are kept as hashes.
create table remembered_devices (
    series_hash       bytea       primary key,          -- stays the same while the token changes
    site_id           uuid        not null,
    customer_id       uuid        not null,
    token_hash        bytea       not null,             -- the one that counts
    former_token_hash bytea,                            -- the one before, good for seconds after its change
    browser           text,
    created_at        timestamptz not null,
    used_at           timestamptz not null,             -- when the token last changed
    expires_at        timestamptz not null,
    foreign key (site_id, customer_id) references customers (site_id, id) on delete cascade
);
create index remembered_devices_customer on remembered_devices (site_id, customer_id);
create index remembered_devices_expires on remembered_devices (expires_at);
