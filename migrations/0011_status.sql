-- What Jira said of a customer's account when an admin last asked (D3). Only additions.

alter table customers
    add column if not exists jira_state text check (jira_state in ('active', 'inactive', 'absent')),
    add column if not exists jira_asked_at timestamptz;
