-- The directory at a million customers a site: search, sorting and counts that cost no scan. Only
-- additions, but for an index that another one replaces. Both extensions are trusted ones: whoever
-- owns the database may create them.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

alter table customers
    -- Folded in the program (customers::search); empty: not yet, which housekeeping mends.
    add column search_text  text        not null default '',
    add column name_key     text        not null default '' collate "C",
    -- One of the customer's groups is switched on, or off. Kept by triggers below.
    add column group_on     boolean     not null default false,
    add column group_off    boolean     not null default false,
    add column signed_in_at timestamptz,                -- last, by password or passkey
    -- The scopes under which 2FA is asked for (policy::Cover): 1, selected customers; 2, everyone
    -- with exceptions.
    add column cover        smallint    not null generated always as (
        (case when coalesce(two_factor, group_on) then 1 else 0 end
       + case when coalesce(two_factor, not group_off) then 2 else 0 end)::smallint) stored;
alter table customers alter column search_text set statistics 1000;

-- What a tab shows, in each order it can be sorted by.
create index customers_by_email   on customers (site_id, cover, email_key collate "C", id);
create index customers_by_name    on customers (site_id, cover, name_key, id);
create index customers_by_created on customers (site_id, cover, created_at, id);
drop index customers_created;
create index customers_search     on customers using gin (site_id, search_text gin_trgm_ops);
create index customers_unfolded   on customers (id) where search_text = '';

-- How many customers a site has of each cover: the sum of what was added. Writers only ever add
-- rows, so that they never wait for each other; housekeeping adds them up.
create table customer_tallies (
    site_id uuid     not null,
    cover   smallint not null,
    delta   bigint   not null
);
create index customer_tallies_site on customer_tallies (site_id, cover);
insert into customer_tallies select site_id, cover, count(*) from customers group by site_id, cover;

create function tally_added() returns trigger language plpgsql as $$
begin
    insert into customer_tallies select site_id, cover, count(*) from added group by 1, 2;
    return null;
end $$;
create function tally_gone() returns trigger language plpgsql as $$
begin
    insert into customer_tallies select site_id, cover, -count(*) from gone group by 1, 2;
    return null;
end $$;
create function tally_changed() returns trigger language plpgsql as $$
begin
    insert into customer_tallies
    select site_id, cover, sum(n) from (
        select site_id, cover, 1 as n from added union all select site_id, cover, -1 from gone) both_ways
    group by 1, 2 having sum(n) <> 0;
    return null;
end $$;
create trigger customers_tally_added after insert on customers
    referencing new table as added for each statement execute function tally_added();
create trigger customers_tally_gone after delete on customers
    referencing old table as gone for each statement execute function tally_gone();
create trigger customers_tally_changed after update on customers
    referencing old table as gone new table as added for each statement execute function tally_changed();

-- A customer's groups decide together: on if one is on, off if one is off.
create function refresh_group_exceptions(site uuid, who uuid[]) returns void language sql as $$
    update customers c set group_on = g.any_on, group_off = g.any_off
    from (select w.id, coalesce(bool_or(g.two_factor), false) as any_on,
                 coalesce(bool_or(not g.two_factor), false) as any_off
          from unnest(who) as w (id)
          left join customer_group_members m on m.site_id = site and m.customer_id = w.id
          left join customer_groups g on g.site_id = m.site_id and g.id = m.group_id
          group by w.id) g
    where c.site_id = site and c.id = g.id
      and (c.group_on, c.group_off) is distinct from (g.any_on, g.any_off);
$$;
create function members_changed() returns trigger language plpgsql as $$
begin
    -- A group that is decided about in the meantime waits for this transaction, or this one for it.
    perform from customer_groups g where (g.site_id, g.id) in (select site_id, group_id from changed) for share;
    perform refresh_group_exceptions(site_id, array_agg(distinct customer_id)) from changed group by site_id;
    return null;
end $$;
create function group_changed() returns trigger language plpgsql as $$
begin
    if new.two_factor is distinct from old.two_factor then
        perform refresh_group_exceptions(new.site_id, array_agg(customer_id))
        from customer_group_members where site_id = new.site_id and group_id = new.id;
    end if;
    return null;
end $$;
create trigger members_added after insert on customer_group_members
    referencing new table as changed for each statement execute function members_changed();
create trigger members_gone after delete on customer_group_members
    referencing old table as changed for each statement execute function members_changed();
create trigger group_decided after update on customer_groups
    for each row execute function group_changed();

select refresh_group_exceptions(site_id, array_agg(distinct customer_id))
from customer_group_members group by site_id;
