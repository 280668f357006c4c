-- The figures of the league table of a large organisation, which the worker works out once an hour
-- (lib/outlook/league/keep-leagues.ts). Takes no lock.
set local lock_timeout = '10s';

create table league_figures (
  org_id uuid not null,
  grouping text not null,
  -- Store-local days, to_day not included.
  from_day date not null,
  to_day date not null,
  figures jsonb not null,
  -- Up to when sales were folded, for readers.
  as_of timestamptz(6) not null,
  -- When they were worked out; they are kept for an hour from then.
  computed_at timestamptz(6) not null,
  constraint league_figures_pkey primary key (org_id, grouping)
);

grant select, insert, update, delete on league_figures to tillwatch_worker;
grant select on league_figures to tillwatch_app, tillwatch_limited;
alter table league_figures enable row level security;
create policy every_organisation on league_figures to tillwatch_worker using (true) with check (true);
create policy own_organisation on league_figures to tillwatch_app
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
-- tillwatch_limited has no policy: the figures are of all stores.
