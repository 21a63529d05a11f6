-- The first schema. Times are passed in by the program (no now() in SQL), ids and
-- secrets too. Everything a site owns carries site_id and goes with the site.

-- One row: proves at start that the master key opens this database.
create table deployment (
    id            smallint    primary key check (id = 1),
    sealed_canary bytea       not null,
    created_at    timestamptz not null
);

create table sites (
    id                   uuid        primary key,
    client_key           text        not null unique,
    base_url             text        not null,              -- REST goes here
    display_url          text        not null,              -- people's links go here
    product_type         text        not null,
    sealed_shared_secret bytea       not null,
    status               text        not null
        check (status in ('installed', 'disabled', 'uninstalled')),
    sp_entity_id         text,
    sp_acs_url           text,
    installed_at         timestamptz not null,
    updated_at           timestamptz not null,
    uninstalled_at       timestamptz,
    -- When the newest signed install or uninstall was issued, and the SHA-256 of the newest
    -- install's body: an older call, or one token with two bodies, changes nothing.
    lifecycle_iat        timestamptz not null default 'epoch',
    install_digest       bytea,
    check ((sp_entity_id is null) = (sp_acs_url is null)),
    check ((status = 'uninstalled') = (uninstalled_at is not null))
);
create index sites_base_url on sites (base_url);

-- The IdP key pairs of a site. Exactly one is active; a next one may be published ahead.
create table saml_keys (
    id                 uuid        primary key,
    site_id            uuid        not null references sites on delete cascade,
    state              text        not null check (state in ('active', 'next', 'previous')),
    certificate_der    bytea       not null,
    sealed_private_key bytea       not null,                -- PKCS#8 DER
    not_before         timestamptz not null,
    not_after          timestamptz not null,
    created_at         timestamptz not null
);
create unique index saml_keys_active on saml_keys (site_id) where state = 'active';
create index saml_keys_site on saml_keys (site_id);

create table policies (
    site_id    uuid        primary key references sites on delete cascade,
    two_factor boolean     not null,
    updated_at timestamptz not null
);

create table customers (
    id              uuid        primary key,
    site_id         uuid        not null references sites on delete cascade,
    email           text        not null,                   -- as entered; the NameID
    email_key       text        not null,                   -- NFC, lower case: what is unique
    username        text,
    username_key    text,
    given_name      text        not null,
    family_name     text        not null,
    password_hash   text,                                   -- PHC string, argon2id with pepper
    password_set_at timestamptz,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    check ((username is null) = (username_key is null)),
    check ((password_hash is null) = (password_set_at is null)),
    unique (site_id, id)
);
create unique index customers_email on customers (site_id, email_key);
create unique index customers_username on customers (site_id, username_key)
    where username_key is not null;
-- Keyset paging of the directory, newest first and by mail address.
create index customers_created on customers (site_id, created_at desc, id desc);

-- Confirmed second factors. A secret being enrolled lives in its sign-in until confirmed.
create table factors (
    id               uuid        primary key,
    site_id          uuid        not null,
    customer_id      uuid        not null,
    kind             text        not null check (kind in ('totp')),
    name             text        not null,
    sealed_secret    bytea       not null,
    last_step        bigint,                                -- TOTP: newest accepted time step
    burned_steps     bigint[]    not null default '{}',     -- TOTP: later steps whose code was given away by a clock hint
    failures         integer     not null default 0,        -- consecutive; 100 puts the factor off
    last_failure_at  timestamptz,
    created_at       timestamptz not null,
    last_used_at     timestamptz,
    foreign key (site_id, customer_id) references customers (site_id, id) on delete cascade
);
create index factors_customer on factors (site_id, customer_id);

-- One attempt from AuthnRequest to response.
create table signins (
    id                  uuid        primary key,
    site_id             uuid        not null references sites on delete cascade,
    browser_hash        bytea,                              -- SHA-256 of the browser cookie; null until the
                                                            -- first GET after a cross-site POST, which carries none
    step                text        not null
        check (step in ('password', 'new_password', 'enrol', 'totp', 'finished', 'cancelled')),
    binding             text        not null check (binding in ('redirect', 'post')),
    request_id          text        not null,               -- AuthnRequest ID, for InResponseTo
    relay_state         text,
    force_authn         boolean     not null,
    is_passive          boolean     not null,
    authn_contexts      jsonb       not null,               -- RequestedAuthnContext as parsed
    name_hint           text,                               -- what was typed, to fill the field again
    customer_id         uuid,
    password_at         timestamptz,
    sealed_enrolment    bytea,                              -- TOTP secret not yet confirmed
    created_at          timestamptz not null,
    expires_at          timestamptz not null,
    foreign key (site_id, customer_id) references customers (site_id, id) on delete cascade
);
create index signins_request on signins (site_id, request_id);
create index signins_expires on signins (expires_at);
create index signins_customer on signins (customer_id) where customer_id is not null;

-- IdP sessions. Only a hash of the cookie is kept.
create table sessions (
    token_hash    bytea       primary key,
    site_id       uuid        not null,
    customer_id   uuid        not null,
    session_index text        not null,
    methods       text[]      not null,                     -- e.g. {pwd,totp}
    authn_at      timestamptz not null,
    last_seen_at  timestamptz not null,
    expires_at    timestamptz not null,                     -- absolute
    foreign key (site_id, customer_id) references customers (site_id, id) on delete cascade
);
create index sessions_customer on sessions (site_id, customer_id);
create index sessions_expires on sessions (expires_at);

-- The three tables that every single sign-on appends to name their site without a foreign key:
-- its check would lock the site's row for each insert, and with many at once write a multixact
-- each. Their rows are only written for a site just read, and are purged by age.

-- AuthnRequest IDs already taken, kept until the request would be too old anyway.
create table consumed_requests (
    site_id    uuid        not null,
    request_id text        not null,
    expires_at timestamptz not null,
    primary key (site_id, request_id)
);
create index consumed_requests_expires on consumed_requests (expires_at);

-- Consecutive failures per account (also of unknown names) and per network.
create table throttles (
    site_id         uuid        not null references sites on delete cascade,
    subject         text        not null,                   -- see signin::lockout::Subject
    failures        integer     not null,
    last_failure_at timestamptz not null,
    primary key (site_id, subject)
);
create index throttles_age on throttles (last_failure_at);

-- Browsers a customer has completed a sign-in with: they keep a count of their own, so that a
-- stranger's failures cannot lock the customer out.
create table known_browsers (
    site_id      uuid        not null,
    customer_id  uuid        not null,
    browser_hash bytea       not null,
    last_used_at timestamptz not null,
    primary key (site_id, customer_id, browser_hash),
    foreign key (site_id, customer_id) references customers (site_id, id) on delete cascade
);

create index known_browsers_age on known_browsers (last_used_at);

-- What a site's SP sent and what it got, newest last: the live trace of the Setup page.
create table saml_trace (
    id          bigint      generated always as identity primary key,
    site_id     uuid        not null,
    at          timestamptz not null,
    reference   text        not null,                       -- shown on the page the person saw
    verdict     text        not null,                       -- 'accepted', 'answered', 'refused', 'no_passive' ...
    reason      text        not null,                       -- plain words for the admin
    binding     text        not null check (binding in ('redirect', 'post')),
    request_id  text,
    issuer      text,
    acs_url     text,
    customer_id uuid
);
create index saml_trace_site on saml_trace (site_id, id desc);
create index saml_trace_age on saml_trace (at);

create table audit_events (
    id          bigint      generated always as identity primary key,
    site_id     uuid        not null,
    at          timestamptz not null,
    actor_kind  text        not null check (actor_kind in ('customer', 'admin', 'system', 'operator', 'atlassian')),
    actor_id    text,
    action      text        not null,
    result      text        not null,
    customer_id uuid,
    factor      text,
    client_ip   inet,
    detail      jsonb       not null default '{}'
);
create index audit_events_site on audit_events (site_id, id desc);
create index audit_events_customer on audit_events (customer_id, id desc) where customer_id is not null;
