-- Places as people keep them: codes, contacts, days out of the ordinary, closure. Locks three small tables for a
-- moment; the new columns are empty or a constant, so no row is rewritten.
set local lock_timeout = '10s';

alter table merchant
  add column code text,
  add column contact_name text,
  add column contact_phone text,
  add column contact_email text;
alter table region add column code text;
alter table store
  add column contact_name text,
  add column contact_phone text,
  add column contact_email text,
  add column hours_exceptions jsonb not null default '{}',
  add column closed_on date;

alter table store
  add constraint store_position_check check (
    (latitude is null) = (longitude is null) and latitude between -90 and 90 and longitude between -180 and 180),
  -- Terminals that nobody has placed need somewhere to be.
  add constraint store_unassigned_check check (not is_unassigned or closed_on is null);

create unique index merchant_org_id_code_key on merchant (org_id, code);
create unique index region_org_id_merchant_id_code_key on region (org_id, merchant_id, code);
create index store_merchant_id_idx on store (merchant_id);
create index store_region_id_idx on store (region_id);
