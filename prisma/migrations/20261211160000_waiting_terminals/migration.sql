-- A list of terminals in an unknown state finds those that are new, and have no state yet, among what waits for the
-- worker. A user of some stores goes on adding to it, and sees nothing of it.
set local lock_timeout = '10s';

grant select on fleet_change to tillwatch_app, tillwatch_limited;

alter policy own_organisation on fleet_change to tillwatch_app;
create policy own_changes on fleet_change for insert to tillwatch_limited
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
