-- When terminals are worked on, so that nothing about them is flagged (lib/fleet/maintenance). Locks flag for a moment.
set local lock_timeout = '10s';

create table maintenance_window (
  id bigserial not null,
  org_id uuid not null,
  reason text not null,
  -- Whose terminals; place_id is 0 for the whole organisation.
  place_kind text not null,
  place_id bigint not null default 0,
  -- By the clock of each store. A weekly one begins on the same weekday, the last time on last_on.
  starts timestamp(0) not null,
  ends timestamp(0) not null,
  is_weekly boolean not null default false,
  last_on date,
  -- When somebody ended it: no time from then on belongs to it.
  ended_at timestamptz(6),
  made_at timestamptz(6) not null default current_timestamp,
  made_by text not null,
  constraint maintenance_window_pkey primary key (id),
  constraint maintenance_window_place_check check (place_kind in ('organisation', 'merchant', 'region', 'store', 'terminal')),
  constraint maintenance_window_ends_check check (ends > starts),
  constraint maintenance_window_org_id_fkey foreign key (org_id) references organisation (id) on delete cascade on update cascade
);
create index maintenance_window_org_id_id_idx on maintenance_window (org_id, id);

grant select, insert, update, delete on maintenance_window to tillwatch_worker;
grant select, insert, update on maintenance_window to tillwatch_app, tillwatch_limited;
grant usage on sequence maintenance_window_id_seq to tillwatch_app, tillwatch_limited, tillwatch_worker;
alter table maintenance_window enable row level security;
create policy every_organisation on maintenance_window to tillwatch_worker using (true) with check (true);
do $$
declare
  is_own constant text := 'org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid';
  in_reach constant text := '(place_kind = ''store'' and place_id = any ((select app_store_ids())::bigint[])
    or place_kind = ''terminal'' and exists (select from terminal_store p where p.terminal_id = place_id and p.to_at is null))';
  is_over constant text := '(place_kind = ''organisation''
    or place_kind = ''merchant'' and exists (select from store s where s.merchant_id = place_id)
    or place_kind = ''region'' and exists (select from store s where s.region_id = place_id))';
begin
  execute format('create policy own_organisation on maintenance_window to tillwatch_app using (%s) with check (%1$s)', is_own);
  -- Those of wider places are read by whoever sees one of their stores, and changed by the whole organisation alone.
  execute format('create policy within_reach on maintenance_window to tillwatch_limited using (%s and %s) with check (%1$s and %2$s)',
    is_own, in_reach);
  execute format('create policy around_reach on maintenance_window for select to tillwatch_limited using (%s and %s)', is_own, is_over);
end $$;

-- Until when a window mutes it, beside what people snooze.
alter table flag add muted_until timestamptz(6);
