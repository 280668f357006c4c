-- What the nightly engine keeps and finds: its state, incidents with the terminals they reach, and each
-- organisation's contingency plans (lib/insight/nights, lib/insight/incidents). Flags get the engine's rules. Locks
-- flag while its index is built, about a second for a million rows.
set local lock_timeout = '10s';

-- The engine's state after the last night, written with that night's flags and incidents in one transaction.
create table engine_state (
  org_id uuid not null,
  -- The last store-local day that was settled.
  settled_on date not null,
  settled_at timestamptz(6) not null,
  state bytea not null,
  constraint engine_state_pkey primary key (org_id),
  constraint engine_state_org_id_fkey foreign key (org_id) references organisation (id) on delete cascade on update cascade
);

create table incident (
  id bigserial not null,
  org_id uuid not null,
  class text not null,
  -- Whom it is about, one text so that a subject has one open incident of its class.
  subject text not null,
  store_id bigint,
  terminal_id bigint,
  model_id bigint,
  acquirer_id bigint,
  -- An issuer's prefix, a carrier, an operator, or a release as component:version.
  value text,
  -- Of a release: what it makes fail.
  component text,
  first_on date not null,
  last_on date not null,
  opened_at timestamptz(6) not null,
  closed_at timestamptz(6),
  merged_into bigint,
  observed double precision not null,
  expected double precision not null,
  p double precision not null,
  -- [{at, what, observed, expected, terminals}], oldest first.
  timeline jsonb not null,
  constraint incident_pkey primary key (id),
  constraint incident_class_check check (class in ('issuer', 'acquirer', 'carrier', 'store network', 'firmware',
    'operator', 'card-testing', 'ingest')),
  constraint incident_org_id_fkey foreign key (org_id) references organisation (id) on delete cascade on update cascade
);
create unique index incident_live_key on incident (org_id, class, subject) where closed_at is null;
create index incident_org_id_opened_at_id_idx on incident (org_id, opened_at, id);

-- Terminals with bad days of their own that the incident explains.
create table incident_member (
  incident_id bigint not null,
  terminal_id bigint not null,
  org_id uuid not null,
  store_id bigint not null,
  first_on date not null,
  last_on date not null,
  observed double precision not null,
  expected double precision not null,
  constraint incident_member_pkey primary key (incident_id, terminal_id),
  constraint incident_member_incident_id_fkey foreign key (incident_id) references incident (id)
    on delete cascade on update cascade
);
create index incident_member_terminal_id_idx on incident_member (terminal_id);

-- What an organisation does in an incident of a class, beside the plan that is shipped. Versions stay.
create table contingency_plan (
  org_id uuid not null,
  class text not null,
  version integer not null,
  plan jsonb not null,
  made_at timestamptz(6) not null default current_timestamp,
  made_by text not null,
  constraint contingency_plan_pkey primary key (org_id, class, version),
  constraint contingency_plan_org_id_fkey foreign key (org_id) references organisation (id) on delete cascade on update cascade
);

grant select, insert, update, delete on engine_state, incident, incident_member, contingency_plan to tillwatch_worker;
grant usage on sequence incident_id_seq to tillwatch_worker;
grant select on incident, incident_member, contingency_plan to tillwatch_app, tillwatch_limited;
grant insert on contingency_plan to tillwatch_app, tillwatch_limited;
do $$
declare
  is_own constant text := 'org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid';
  in_reach constant text := 'store_id = any ((select app_store_ids())::bigint[])';
  t text;
begin
  foreach t in array array['engine_state', 'incident', 'incident_member', 'contingency_plan'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy every_organisation on %I to tillwatch_worker using (true) with check (true)', t);
    execute format('create policy own_organisation on %I to tillwatch_app using (%s) with check (%2$s)', t, is_own);
  end loop;
  execute format('create policy within_reach on incident_member to tillwatch_limited using (%s and %s)', is_own, in_reach);
  -- An incident is seen where it is, and where its terminals are.
  execute format('create policy within_reach on incident to tillwatch_limited using (%s and (%s or exists (
    select from incident_member m where m.incident_id = incident.id)))', is_own, in_reach);
  -- Everybody may need the plans. Only the whole organisation changes them.
  execute format('create policy own_organisation_read on contingency_plan for select to tillwatch_limited using (%s)', is_own);
end $$;

drop index flag_urgency_idx;
create index flag_urgency_idx on flag (org_id, status,
  (case when rule = 'self_check' and kind = 'replacement' then 0
    else array_position(array['self_check', 'silent', 'communication', 'keys', 'chip_reader', 'contactless_reader',
      'magstripe_reader', 'pin_pad', 'clock', 'app_crashes', 'slow_sales', 'release_behind', 'model_past_use_end'], rule)
    end),
  (extract(epoch from timestamptz '2200-01-01 00:00:00+00' - opened_at)), (-id));
