-- Suppliers, dates as data, releases, an acquirer's terms. Locks small tables for a moment; foreign keys of
-- terminals and TIDs are checked anew.
set local lock_timeout = '10s';

create table supplier (
  id bigserial primary key,
  org_id uuid not null references organisation (id) on delete cascade on update cascade,
  name text not null,
  is_manufacturer boolean not null,
  is_supplier boolean not null,
  contact_name text,
  contact_phone text,
  contact_email text,
  warranty_months integer check (warranty_months >= 0),
  note text,
  constraint supplier_kind_check check (is_manufacturer or is_supplier)
);
create unique index supplier_org_id_name_key on supplier (org_id, name);

create table approval (
  id bigserial primary key,
  org_id uuid not null references organisation (id) on delete cascade on update cascade,
  model_id bigint references terminal_model (id) on delete cascade on update cascade,
  component text,
  version text,
  kind text not null,
  reference text,
  scheme text,
  acquirer_id bigint references acquirer (id) on delete no action on update cascade,
  purchase_end_on date,
  deploy_end_on date,
  use_end_on date,
  source text not null,
  checked_on date not null,
  constraint approval_kind_check check (kind in ('pci_pts', 'emv_l1', 'emv_contact_kernel', 'emv_contactless', 'os', 'firmware_support', 'other')),
  constraint approval_component_check check (component in ('os', 'firmware', 'app', 'emvKernel', 'securityPatch')),
  -- Of a model, or of a component's branch or version.
  constraint approval_subject_check check (num_nonnulls(component, version) = case when model_id is null then 2 else 0 end)
);
create index approval_model_id_idx on approval (model_id);
create index approval_acquirer_id_idx on approval (acquirer_id);
create unique index approval_key on approval (org_id, coalesce(model_id, 0), coalesce(component, ''), coalesce(version, ''), kind,
  coalesce(reference, ''), coalesce(scheme, ''), coalesce(acquirer_id, 0));

create table release (
  id bigserial primary key,
  org_id uuid not null references organisation (id) on delete cascade on update cascade,
  component text not null,
  version text not null,
  model_id bigint references terminal_model (id) on delete cascade on update cascade,
  released_on date,
  support_end_on date,
  source text,
  checked_on date,
  note text,
  constraint release_component_check check (component in ('os', 'firmware', 'app', 'emvKernel', 'securityPatch'))
);
create index release_model_id_idx on release (model_id);
create unique index release_key on release (org_id, component, version, coalesce(model_id, 0));

alter table acquirer
  add column contact_name text,
  add column contact_phone text,
  add column contact_email text,
  add column fee_percent numeric(7, 4) check (fee_percent between 0 and 100),
  add column fee_note text,
  add column terminal_price_minor bigint check (terminal_price_minor >= 0),
  add column deposit_minor bigint check (deposit_minor >= 0),
  add column currency text,
  add column note text;

alter table terminal
  add column supplier_id bigint references supplier (id) on delete no action on update cascade,
  add column bought_on date,
  add column warranty_until date,
  drop constraint terminal_model_id_fkey,
  add constraint terminal_model_id_fkey foreign key (model_id) references terminal_model (id) on delete no action on update cascade;
create index terminal_model_id_idx on terminal (model_id);
create index terminal_supplier_id_idx on terminal (supplier_id);

alter table terminal_tid
  drop constraint terminal_tid_acquirer_id_fkey,
  add constraint terminal_tid_acquirer_id_fkey foreign key (acquirer_id) references acquirer (id) on delete no action on update cascade;
create index terminal_tid_acquirer_id_idx on terminal_tid (acquirer_id);

create index flag_org_id_opened_at_idx on flag (org_id, opened_at);

-- What models said of themselves moves to where it belongs.
alter table terminal_model add column manufacturer_id bigint references supplier (id) on delete no action on update cascade;
create index terminal_model_manufacturer_id_idx on terminal_model (manufacturer_id);
insert into supplier (org_id, name, is_manufacturer, is_supplier)
select distinct org_id, manufacturer, true, false from terminal_model where manufacturer <> '';
update terminal_model m set manufacturer_id = s.id from supplier s where s.org_id = m.org_id and s.name = m.manufacturer;
insert into approval (org_id, model_id, kind, purchase_end_on, deploy_end_on, use_end_on, source, checked_on)
select org_id, id, 'other', purchase_end_on, deploy_end_on, use_end_on, coalesce(dates_source, ''), coalesce(dates_checked_on, '1970-01-01')
  from terminal_model
 where coalesce(purchase_end_on, deploy_end_on, use_end_on) is not null;
alter table terminal_model
  drop column manufacturer,
  drop column purchase_end_on,
  drop column deploy_end_on,
  drop column use_end_on,
  drop column dates_source,
  drop column dates_checked_on;

grant select, insert, update, delete on supplier, approval, release to tillwatch_app, tillwatch_worker;
grant usage on sequence supplier_id_seq, approval_id_seq, release_id_seq to tillwatch_app, tillwatch_worker;
do $$
declare
  t text;
begin
  foreach t in array array['supplier', 'approval', 'release'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy own_organisation on %I to tillwatch_app
      using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
      with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid)$p$, t);
    execute format('create policy every_organisation on %I to tillwatch_worker using (true) with check (true)', t);
  end loop;
end $$;
