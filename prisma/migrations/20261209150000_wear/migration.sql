-- Weeks and trends of what wears out (lib/insight/trends). Days of before have no battery health; nothing is filled in.
-- Locks each table for a moment.
set local lock_timeout = '10s';

alter table terminal_hour add column battery_health_min_pct real;
alter table terminal_day add column battery_health_min_pct real;
-- What the vendor says of the printer's head and the chip reader. Null: what is usual.
alter table terminal_model
  add column printer_head_km integer,
  add column chip_insertions integer;

-- A terminal's last weeks and what they lead to; week is the Monday of the last one.
create table terminal_wear (
  terminal_id bigint not null,
  org_id uuid not null,
  week date not null,
  weeks jsonb not null,
  trends jsonb not null,
  -- The last week's signal, and how much weaker it is than in the weeks before.
  signal_dbm real,
  signal_drop_db real,
  constraint terminal_wear_pkey primary key (terminal_id)
);

grant select, insert, update, delete on terminal_wear to tillwatch_worker;
grant select on terminal_wear to tillwatch_app, tillwatch_limited;
alter table terminal_wear enable row level security;
create policy every_organisation on terminal_wear to tillwatch_worker using (true) with check (true);
do $$
declare
  is_own constant text := 'org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid';
  in_reach constant text :=
    'exists (select from terminal_store p where p.terminal_id = terminal_wear.terminal_id and p.to_at is null)';
begin
  execute format('create policy own_organisation on terminal_wear to tillwatch_app using (%s) with check (%1$s)', is_own);
  execute format('create policy within_reach on terminal_wear to tillwatch_limited using (%s and %s) with check (%1$s and %2$s)',
    is_own, in_reach);
end $$;
