-- What keeping terminals costs, and how often they fail by age (lib/insight/replacement). Columns with constant
-- defaults, so no row is rewritten. Locks each table for a moment.
set local lock_timeout = '10s';

-- Prices in minor units of the currency: a new terminal with installation, and what a failure costs.
alter table organisation
  add column currency text not null default 'CNY',
  add column terminal_price_minor bigint not null default 100000,
  add column visit_cost_minor bigint not null default 15000,
  add column parts_cost_minor bigint not null default 10000,
  add column downtime_hour_minor bigint not null default 3000,
  add column downtime_hours integer not null default 8;
-- Null: the organisation's price.
alter table terminal_model add column price_minor bigint;

-- Failures of terminals of a model in a month of their age, and how many terminals had that age for a month. Model 0 is
-- of terminals without one.
create table model_life (
  org_id uuid not null,
  model_id bigint not null,
  months integer not null,
  failures integer not null,
  terminal_months double precision not null,
  constraint model_life_pkey primary key (org_id, model_id, months)
);

grant select, insert, update, delete on model_life to tillwatch_worker;
grant select on model_life to tillwatch_app, tillwatch_limited;
alter table model_life enable row level security;
create policy every_organisation on model_life to tillwatch_worker using (true) with check (true);
create policy own_organisation on model_life to tillwatch_app, tillwatch_limited
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
