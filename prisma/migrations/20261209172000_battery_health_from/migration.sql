-- Days from before battery health was counted have none (20261209150000_wear), and db:check does not compare theirs.
-- Changes a row for each organisation alone.
set local lock_timeout = '10s';

-- The first day whose rollups have battery health. Null if all days have.
alter table organisation add column battery_health_from date;
-- Later than any day that a rollup can have.
update organisation set battery_health_from = current_date + 3;
