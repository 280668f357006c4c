-- What lists of terminals are ordered by: failure rates and open flags. The worker ranks all terminals after the
-- migration (lib/insight/standings); organisation.standings_at is null until it has. Locks organisation and
-- terminal_state at its end alone, while it builds an index: about a second for a million terminals.
set local lock_timeout = '10s';

create table terminal_standing (
  terminal_id bigint not null,
  org_id uuid not null,
  -- Failures of a thousand sales by Wilson's interval over the last seven days: by its lower end, the worst first,
  -- and by its upper end, the best first. With few sales -1 and 1001, which come last.
  worst_rank smallint not null default -1,
  best_rank smallint not null default 1001,
  open_flags integer not null default 0,
  -- The end of the store's day for which it was ranked; -infinity: to be ranked.
  until_at timestamptz(6) not null default '-infinity'::timestamptz,
  constraint terminal_standing_pkey primary key (terminal_id)
);

insert into terminal_standing (terminal_id, org_id, open_flags)
select t.id, t.org_id, coalesce(f.flags, 0)
  from terminal t
  left join (select terminal_id, count(*) as flags from flag where status = 'open' group by 1) f on f.terminal_id = t.id;

create index terminal_standing_org_id_worst_rank_terminal_id_idx on terminal_standing (org_id, worst_rank, terminal_id);
create index terminal_standing_org_id_best_rank_terminal_id_idx on terminal_standing (org_id, best_rank, terminal_id);
create index terminal_standing_org_id_open_flags_terminal_id_idx on terminal_standing (org_id, open_flags, terminal_id);
create index terminal_standing_org_id_until_at_idx on terminal_standing (org_id, until_at);

-- Terminals whose days the fold has changed and that are to be ranked again.
create table standing_change (
  org_id uuid not null,
  terminal_id bigint not null,
  changed_at timestamptz(6) not null,
  constraint standing_change_pkey primary key (org_id, terminal_id, changed_at)
);

grant select, insert, update, delete on terminal_standing, standing_change to tillwatch_worker;
grant select on terminal_standing to tillwatch_app, tillwatch_limited;
do $$
declare
  is_own constant text := 'org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid';
  t text;
begin
  foreach t in array array['terminal_standing', 'standing_change'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy every_organisation on %I to tillwatch_worker using (true) with check (true)', t);
    execute format('create policy own_organisation on %I to tillwatch_app using (%s) with check (%2$s)', t, is_own);
    execute format('create policy within_reach on %I to tillwatch_limited using (%s and %s) with check (%2$s and %3$s)',
      t, is_own, format('exists (select from terminal_store p where p.terminal_id = %I.terminal_id and p.to_at is null)', t));
  end loop;
end $$;

-- The locks come last, in the order in which the fold reads them.
-- When all terminals were last ranked as of their newest folded sales. Null if they never were.
alter table organisation add column standings_at timestamptz(6);

-- The order of lists by online state.
create index terminal_state_rank_idx on terminal_state (org_id,
  (case online_state when 'offline' then 4 when 'suspect' then 3 when 'late' then 2 when 'online' then 1 else 0 end),
  terminal_id);
