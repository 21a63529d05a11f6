-- What the admin pages inside Jira keep: where a set-up stands, what a policy says, what Guard was
-- told. Only additions: an instance of the version before goes on beside this one.

-- A3. Null: Jira has never said (a private app, whose licence nobody sells).
alter table sites
    add column licence         text check (licence in ('active', 'none')),
    add column licence_seen_at timestamptz;

-- B: how far a site's administrator has come. No row: not begun.
create table setups (
    site_id               uuid        primary key references sites on delete cascade,
    guard_ready_at        timestamptz,                      -- step 1 confirmed
    values_entered_at     timestamptz,                      -- step 2 confirmed
    finished_at           timestamptz,                      -- step 3 confirmed
    password_login_off_at timestamptz,                      -- "Login with email and password" is off, as the admin says
    updated_at            timestamptz not null
);

-- C: two_factor stays the switch; the rest is one document, read by policy::settings.
alter table policies
    add column settings   jsonb  not null default '{}',
    add column version    bigint not null default 1,        -- counts changes: two admins can't overwrite each other
    add column updated_by text;                             -- the Atlassian account; null: the command line

-- C2: what was decided for one customer; null: nothing.
alter table customers
    add column two_factor      boolean,
    add column enrolment_skips integer not null default 0;  -- C4: how often enrolment was put off

-- D10: a group's exception speaks for its members who have none of their own.
create table customer_groups (
    id         uuid        primary key,
    site_id    uuid        not null references sites on delete cascade,
    name       text        not null,
    two_factor boolean,
    created_at timestamptz not null,
    unique (site_id, id),
    unique (site_id, name)
);
create table customer_group_members (
    site_id     uuid not null,
    group_id    uuid not null,
    customer_id uuid not null,
    primary key (site_id, customer_id, group_id),
    foreign key (site_id, group_id) references customer_groups (site_id, id) on delete cascade,
    foreign key (site_id, customer_id) references customers (site_id, id) on delete cascade
);
create index customer_group_members_group on customer_group_members (site_id, group_id);
-- The exceptions of a site, without its other customers.
create index customers_exceptions on customers (site_id, email_key) where two_factor is not null;

-- M2: one next and one previous key a site, as there is one active.
create unique index saml_keys_next on saml_keys (site_id) where state = 'next';
create unique index saml_keys_previous on saml_keys (site_id) where state = 'previous';

-- B3: what the request said and what Guard was told, decoded, without signatures and messages.
alter table saml_trace
    add column detail jsonb not null default '{}',
    drop constraint saml_trace_binding_check,
    add constraint saml_trace_binding_check check (binding in ('redirect', 'post', 'test'));

-- B3: a sign-in that an administrator asked for, whose response is examined here and goes to nobody.
create table signin_tests (
    id          uuid        primary key,
    site_id     uuid        not null references sites on delete cascade,
    token_hash  bytea       not null unique,                -- SHA-256 of the link's token
    key_id      uuid        not null references saml_keys on delete cascade,
    created_by  text        not null,                       -- the Atlassian account
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    begun_at    timestamptz,                                -- the link works once
    finished_at timestamptz,
    outcome     jsonb                                       -- what was examined and found
);
create index signin_tests_site on signin_tests (site_id, created_at desc);
create index signin_tests_expires on signin_tests (expires_at);
alter table signins
    add column test_id uuid references signin_tests on delete cascade,
    drop constraint signins_binding_check,
    add constraint signins_binding_check check (binding in ('redirect', 'post', 'test'));
create index signins_test on signins (test_id) where test_id is not null;
