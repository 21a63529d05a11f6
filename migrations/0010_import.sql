-- Imports of customers (D9): an import, the pieces of its file on their way in, and one row for each
-- customer that the file or Jira names. Only additions.

alter table customers add column if not exists account_id text;     -- the account in Jira, when known

-- Groups are one whatever the case; an import that made one takes it back when it is undone.
alter table customer_groups add column if not exists import_id uuid;
create index customer_groups_folded on customer_groups (site_id, lower(name));

create table imports (
    id          uuid        primary key,
    site_id     uuid        not null references sites on delete cascade,
    source      text        not null check (source in ('csv', 'jsm')),
    name        text        not null,                   -- the file's, or the desk's
    state       text        not null check (state in (
        'uploading', 'mapping', 'reading', 'fetching', 'choosing', 'judging', 'ready', 'running', 'waiting',
        'done', 'cancelled', 'failed', 'undoing', 'undone')),
    failed_in   text,                                   -- the state that a retry goes back to
    fault       text,
    account     text        not null,                   -- the Atlassian account whose word it was
    client_ip   inet        not null,
    size        bigint,                                 -- bytes of the file
    received    bigint      not null default 0,         -- bytes read, or customers fetched
    layout      jsonb,                                  -- dialect and mapping of the file
    cursor      jsonb       not null default '{}',      -- how far the fetching is
    auto        boolean     not null default false,     -- batch after batch without being asked
    batch       integer     not null default 0,         -- customers a batch
    mails       boolean     not null default false,     -- set-password mails when it is done
    new         bigint      not null default 0,         -- as judged
    changed     bigint      not null default 0,
    unchanged   bigint      not null default 0,
    refused     bigint      not null default 0,
    applied     bigint      not null default 0,         -- up to this row, or back to it when undoing
    created     bigint      not null default 0,         -- done
    updated     bigint      not null default 0,
    lost        bigint      not null default 0,         -- refused when their turn came
    removed     bigint      not null default 0,         -- undone
    restored    bigint      not null default 0,
    kept        bigint      not null default 0,
    created_at  timestamptz not null,
    finished_at timestamptz,
    unique (site_id, id)
);
create index imports_site on imports (site_id, created_at desc);
create index imports_created on imports (created_at);

create table import_pieces (
    site_id   uuid    not null,
    import_id uuid    not null,
    number    integer not null,                         -- from 0
    bytes     bytea   not null,
    primary key (import_id, number),
    foreign key (site_id, import_id) references imports (site_id, id) on delete cascade
);
alter table import_pieces alter column bytes set storage external; -- not worth compressing for minutes

create table import_rows (
    site_id     uuid    not null,
    import_id   uuid    not null,
    number      bigint  not null,                       -- as a spreadsheet counts; or as they came
    customer_id uuid    not null,                       -- a new one's, drawn beforehand; or the present one's
    email       text,                                   -- null: of no use, see reason
    email_key   text,
    username    text,
    username_key text,
    given_name  text,
    family_name text,
    named       boolean not null default false,
    account_id  text,
    groups      text,                                   -- a line each
    search_text text,
    name_key    text,
    chosen      boolean,                                -- of a list from Jira: to be imported
    verdict     text    not null check (verdict in ('new', 'changed', 'unchanged', 'refused', 'left')),
    field       text,
    reason      text,                                   -- refused; or, of a new or changed one, kept when undone
    value       text,
    before      jsonb,                                  -- of a changed one: what an undo restores
    primary key (import_id, number),
    foreign key (site_id, import_id) references imports (site_id, id) on delete cascade,
    check (verdict in ('refused', 'left') or email is not null)
);
create index import_rows_odd on import_rows (import_id, verdict, number) where verdict <> 'new';
create index import_rows_kept on import_rows (import_id, number) where verdict in ('new', 'changed') and reason is not null;
create unique index import_rows_account on import_rows (import_id, account_id) where chosen is not null and account_id is not null;
