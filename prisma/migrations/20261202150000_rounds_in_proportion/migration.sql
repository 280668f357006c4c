-- Flags are evaluated of terminals that changed, and not of the whole fleet. Retention keeps in mind what it has
-- emptied. New columns have constant defaults, so no row is rewritten. Locks terminal_state and flag while their
-- indexes are built, about a second for a million rows.
set local lock_timeout = '10s';

-- -infinity: to be looked at. Null: not before something changes.
alter table terminal_state
  add column next_look_at timestamptz(6) default '-infinity'::timestamptz,
  add column is_recovering boolean not null default false;
create index terminal_state_look_due_idx on terminal_state (next_look_at, org_id) where next_look_at is not null;

-- Flags that wait to be confirmed, or to be found clear again.
create index flag_unsettled_idx on flag (org_id, terminal_id)
  where status = 'candidate' or (status = 'open' and clear_runs > 0);
-- What metrics count.
create index flag_live_kind_idx on flag (kind, status) where status <> 'closed';

alter table organisation
  add column raw_emptied_before timestamptz(6),
  add column days_emptied_before date;
