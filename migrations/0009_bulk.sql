-- Bulk work on customers (D2, D4): a run and one row for each customer it concerns. Only additions.

create table bulk_runs (
    id          uuid        primary key,
    site_id     uuid        not null references sites on delete cascade,
    act         text        not null check (act in ('enable', 'disable', 'reset_mfa', 'send_link', 'delete', 'undo')),
    state       text        not null check (state in ('running', 'done', 'cancelled', 'failed')),
    account     text        not null,                   -- the Atlassian account whose word it was
    client_ip   inet        not null,
    total       bigint      not null,
    done        bigint      not null default 0,         -- items with an outcome
    changed     bigint      not null default 0,         -- of them, those that were changed
    undo_of     uuid        unique references bulk_runs on delete cascade,
    fault       text,                                   -- why it failed
    created_at  timestamptz not null,
    finished_at timestamptz,
    unique (site_id, id),
    check ((state = 'running') = (finished_at is null)),
    check ((act = 'undo') = (undo_of is not null))
);
create index bulk_runs_site on bulk_runs (site_id, created_at desc);
create index bulk_runs_created on bulk_runs (created_at);

-- The address is kept for the report, since a deleted customer has no other; it goes with the run.
create table bulk_items (
    site_id     uuid    not null,
    run_id      uuid    not null,
    number      bigint  not null,                       -- its turn, from 1
    customer_id uuid    not null,
    email       text    not null,
    outcome     text    check (outcome in ('changed', 'unchanged', 'refused')),
    reason      text,
    before      boolean,                                -- the exception before and after an enable,
    after       boolean,                                -- a disable or an undo
    primary key (run_id, number),
    foreign key (site_id, run_id) references bulk_runs (site_id, id) on delete cascade
);
create index bulk_items_odd on bulk_items (run_id, number) where outcome in ('unchanged', 'refused');
