-- Due terminals are read by organisation, so that one with many of them costs the others nothing. The end of an outage
-- of our own makes states due in slices, like a change of master data: workers of the version before do not know
-- this, so they must have stopped. Locks terminal_state while its indexes are built, about a second for a million rows.
set local lock_timeout = '10s';

create index terminal_state_org_due_idx on terminal_state (org_id, next_state_at) where next_state_at is not null;
create index terminal_state_org_look_due_idx on terminal_state (org_id, next_look_at) where next_look_at is not null;
drop index terminal_state_due_idx;
drop index terminal_state_look_due_idx;

alter table fleet_change drop constraint fleet_change_kind_check;
alter table fleet_change add constraint fleet_change_kind_check
  check (kind in ('terminal', 'store', 'model', 'organisation', 'outage'));
