-- How sure the nights are before they open a flag, what other settings would have opened, and which rules are a
-- step stricter (lib/insight/sensitivity). Locks organisation for a moment.
set local lock_timeout = '10s';
alter table organisation
  add sensitivity text not null default 'normal',
  -- Settings of the rules moved and idle.
  add moved_radius_m integer not null default 500,
  add idle_months integer not null default 3,
  add idle_long_months integer not null default 12,
  -- The first night that was rehearsed. Null before it.
  add rehearsed_from date,
  add constraint organisation_sensitivity_check check (sensitivity in ('high', 'normal', 'low'));

-- What each discovery rate would have opened in a night. step: its place in the engine's list of rates.
create table rehearsed_flag (
  org_id uuid not null,
  opened_on date not null,
  step smallint not null,
  rule text not null,
  terminal_id bigint not null,
  store_id bigint not null,
  constraint rehearsed_flag_pkey primary key (org_id, opened_on, step, rule, terminal_id),
  constraint rehearsed_flag_org_id_fkey foreign key (org_id) references organisation (id) on delete cascade on update cascade
);

-- Rules whose flags were found wrong too often. undone_at: when somebody took it back.
create table rule_tightening (
  org_id uuid not null,
  rule text not null,
  tightened_at timestamptz(6) not null,
  undone_at timestamptz(6),
  constraint rule_tightening_pkey primary key (org_id, rule),
  constraint rule_tightening_org_id_fkey foreign key (org_id) references organisation (id) on delete cascade on update cascade
);

grant select, insert, update, delete on rehearsed_flag, rule_tightening to tillwatch_worker;
grant select on rehearsed_flag, rule_tightening to tillwatch_app, tillwatch_limited;
grant insert, update on rule_tightening to tillwatch_app, tillwatch_limited;
do $$
declare
  is_own constant text := 'org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid';
  t text;
begin
  foreach t in array array['rehearsed_flag', 'rule_tightening'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy every_organisation on %I to tillwatch_worker using (true) with check (true)', t);
    execute format('create policy own_organisation on %I to tillwatch_app using (%s) with check (%2$s)', t, is_own);
  end loop;
  execute format('create policy within_reach on rehearsed_flag to tillwatch_limited using (%s and %s)', is_own,
    'store_id = any ((select app_store_ids())::bigint[])');
  -- Everybody may know which rules are stricter. Only the whole organisation changes it.
  execute format('create policy own_organisation_read on rule_tightening for select to tillwatch_limited using (%s)', is_own);
end $$;
