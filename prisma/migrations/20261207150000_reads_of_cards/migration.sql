-- A failed read of a card that fails at other terminals, too, is not held against its terminal: the verdict says so,
-- and the fold leaves it out of the terminal's channels (lib/insight/verdicts, lib/rollups/fold). Locks verdict while
-- its indexes are built, about a second for a million rows.
set local lock_timeout = '10s';

alter table verdict
  add column is_of_card boolean not null default false,
  add column is_taken_back boolean not null default false;
create index verdict_of_card_idx on verdict (org_id, happened_at) where is_of_card <> is_taken_back;
create index verdict_taken_back_idx on verdict (terminal_id, id, at) where is_taken_back;
