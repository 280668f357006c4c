-- What people do with flags: acknowledge, assign, snooze, comment, and say what they found. Locks flag for a moment.
set local lock_timeout = '10s';
alter table flag
  add acknowledged_at timestamptz(6),
  add assignee text,
  add snoozed_until timestamptz(6);

create table flag_event (
  id bigserial not null,
  org_id uuid not null,
  flag_id bigint not null,
  -- Where the flag was.
  store_id bigint,
  at timestamptz(6) not null default current_timestamp,
  by text not null,
  -- {"what": "snooze", ...}, as it was asked for.
  change jsonb not null,
  constraint flag_event_pkey primary key (id),
  constraint flag_event_flag_id_fkey foreign key (flag_id) references flag (id) on delete cascade on update cascade
);
create index flag_event_flag_id_id_idx on flag_event (flag_id, id);

create table finding (
  id bigserial not null,
  org_id uuid not null,
  flag_id bigint,
  rule text not null,
  subject text not null,
  terminal_id bigint,
  store_id bigint,
  outcome text not null,
  note text,
  found_at timestamptz(6) not null default current_timestamp,
  by text not null,
  constraint finding_pkey primary key (id),
  constraint finding_outcome_check check (outcome in ('fixed', 'fixed_remotely', 'no_fault_found', 'wrong_cause', 'other')),
  constraint finding_flag_id_fkey foreign key (flag_id) references flag (id) on delete set null on update cascade,
  constraint finding_org_id_fkey foreign key (org_id) references organisation (id) on delete cascade on update cascade
);
create index finding_org_id_found_at_idx on finding (org_id, found_at);
create index finding_flag_id_idx on finding (flag_id);
create index finding_terminal_id_found_at_idx on finding (terminal_id, found_at);

grant select, insert, update, delete on flag_event, finding to tillwatch_worker;
grant select, insert on flag_event, finding to tillwatch_app, tillwatch_limited;
grant usage on sequence flag_event_id_seq, finding_id_seq to tillwatch_app, tillwatch_limited, tillwatch_worker;
grant update (acknowledged_at, assignee, snoozed_until, status, closed_at) on flag to tillwatch_app, tillwatch_limited;
-- A finding that closes a flag counts the terminal's open flags again.
grant update (open_flags) on terminal_standing to tillwatch_app, tillwatch_limited;
do $$
declare
  is_own constant text := 'org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid';
  in_reach constant text := 'store_id = any ((select app_store_ids())::bigint[])';
  t text;
begin
  foreach t in array array['flag_event', 'finding'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy every_organisation on %I to tillwatch_worker using (true) with check (true)', t);
    execute format('create policy own_organisation on %I to tillwatch_app using (%s) with check (%2$s)', t, is_own);
    execute format('create policy within_reach on %I to tillwatch_limited using (%s and %s) with check (%2$s and %3$s)',
      t, is_own, in_reach);
  end loop;
end $$;
