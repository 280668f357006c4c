-- A day of some stores is settled again without a look at the others' rows. Locks availability_day against writing while
-- the index is built.
set local lock_timeout = '10s';

create index availability_day_org_id_day_store_id_idx on availability_day (org_id, day, store_id);
drop index availability_day_org_id_day_idx;
