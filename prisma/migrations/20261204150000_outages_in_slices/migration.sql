-- The end of an outage of our own makes states due in slices, like a change of master data. Locks fleet_change for a
-- moment.
set local lock_timeout = '10s';

alter table fleet_change drop constraint fleet_change_kind_check;
alter table fleet_change add constraint fleet_change_kind_check
  check (kind in ('terminal', 'store', 'model', 'organisation', 'outage'));
