-- Flags of incidents, money at stake, and actions that may help without a visit. Locks flag for a moment.
set local lock_timeout = '10s';

alter table flag
  -- The incident that the flag is about.
  add incident_id bigint,
  -- Lost sales a week, of the last four weeks, in the currency with most; null without any.
  add stake_minor bigint,
  add stake_currency text,
  add weighed_at timestamptz(6),
  add constraint flag_incident_id_fkey foreign key (incident_id) references incident (id) on delete set null on update cascade;
create index flag_incident_id_idx on flag (incident_id) where incident_id is not null;
create index flag_weighed_at_idx on flag (org_id, (coalesce(weighed_at, '-infinity'))) where status = 'open';
create index flag_stake_idx on flag (org_id, status, (coalesce(stake_minor, -1)), id) where status <> 'candidate';

-- What somebody asked to be done to a terminal from afar: a bridge to the terminal management takes it, and the next
-- evaluations say whether it helped.
create table remote_action (
  id bigserial not null,
  org_id uuid not null,
  flag_id bigint not null,
  terminal_id bigint not null,
  -- Where the terminal was.
  store_id bigint,
  action text not null,
  state text not null default 'asked',
  asked_at timestamptz(6) not null default current_timestamp,
  asked_by text not null,
  -- Until when it must have helped.
  due_at timestamptz(6) not null,
  taken_at timestamptz(6),
  taken_by text,
  ended_at timestamptz(6),
  constraint remote_action_pkey primary key (id),
  constraint remote_action_state_check check (state in ('asked', 'taken', 'helped', 'did_not_help', 'expired')),
  constraint remote_action_flag_id_fkey foreign key (flag_id) references flag (id) on delete cascade on update cascade
);
create index remote_action_org_id_id_idx on remote_action (org_id, id);
create index remote_action_flag_id_id_idx on remote_action (flag_id, id);
create index remote_action_pending_idx on remote_action (terminal_id) where state in ('asked', 'taken');

grant select, insert, update, delete on remote_action to tillwatch_worker;
grant select, insert, update on remote_action to tillwatch_app, tillwatch_limited;
grant usage on sequence remote_action_id_seq to tillwatch_app, tillwatch_limited, tillwatch_worker;
alter table remote_action enable row level security;
create policy every_organisation on remote_action to tillwatch_worker using (true) with check (true);
do $$
declare
  is_own constant text := 'org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid';
  in_reach constant text := 'exists (select from terminal_store p where p.terminal_id = remote_action.terminal_id and p.to_at is null)';
begin
  execute format('create policy own_organisation on remote_action to tillwatch_app using (%s) with check (%1$s)', is_own);
  execute format('create policy within_reach on remote_action to tillwatch_limited using (%s and %s) with check (%1$s and %2$s)',
    is_own, in_reach);
end $$;
