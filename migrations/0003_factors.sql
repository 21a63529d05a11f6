-- Several kinds of second factor, one shape for all. An instance of the version before refuses
-- codes from here on (it finds no last_step) and lets nobody in by mistake.

alter table factors
    drop constraint factors_kind_check,
    add constraint factors_kind_check check (kind in ('totp', 'backup_codes')),
    alter column sealed_secret drop not null,
    add column data          jsonb not null default '{}',   -- what the method keeps beside its secret
    add column credential_id bytea;                         -- what no two factors of a site may share
update factors set data = jsonb_build_object('last_step', last_step, 'burned_steps', to_jsonb(burned_steps));
alter table factors
    drop column last_step,
    drop column burned_steps;
create unique index factors_credential on factors (site_id, kind, credential_id) where credential_id is not null;

-- A sign-in stands at one method's page at a time, with what that method has to remember of it.
alter table signins
    drop constraint signins_step_check;
update signins set step = 'challenge' where step = 'totp';
alter table signins
    add constraint signins_step_check check (step in
        ('password', 'new_password', 'enrol', 'challenge', 'backup_codes', 'finished', 'cancelled')),
    drop column sealed_enrolment,                           -- under way: begun again
    add column method          text,                        -- the one that is set up or asked for
    add column sealed_ceremony bytea,                       -- its state, sealed under the sign-in's id
    add column shown           text[] not null default '{}';-- second factors shown so far
