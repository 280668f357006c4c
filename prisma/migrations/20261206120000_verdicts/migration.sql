-- What each failed sale was due to, and where cards were seen (lib/insight/verdicts). Failed sales that are folded
-- already are judged by the worker afterwards. Locks ingest_batch while it gets a column and an index: about a second
-- for a million batches.
set local lock_timeout = '10s';

create table verdict (
  terminal_id bigint not null,
  -- The identity of the sale, as sent.
  at timestamptz(6) not null,
  id text not null,
  org_id uuid not null,
  -- When it was, with a corrected clock, and where.
  happened_at timestamptz(6) not null,
  store_id bigint not null,
  -- What kind of failure the code names (lib/insight/verdicts/kind.ts).
  kind text not null,
  entry_mode text not null default '',
  issuer text not null default '',
  operator text not null default '',
  acquirer_id bigint,
  -- A further attempt of a customer whose attempt before failed.
  is_retry boolean not null default false,
  -- How often it was judged; 0 is not yet.
  version integer not null default 0,
  cause text not null default 'unknown',
  p_device real not null default 0,
  p_card real not null default 0,
  p_operator real not null default 0,
  p_system real not null default 0,
  -- [{code, ...numbers}], strongest first; words are the screen's.
  evidence jsonb not null default '[]',
  -- What earlier judgements said, newest first.
  history jsonb not null default '[]',
  judged_at timestamptz(6),
  -- When it is to be judged again: -infinity at once, null not before something changes.
  due_at timestamptz(6) default '-infinity'::timestamptz,
  constraint verdict_pkey primary key (terminal_id, id, at)
);
create index verdict_terminal_id_happened_at_idx on verdict (terminal_id, happened_at);
create index verdict_org_id_happened_at_idx on verdict (org_id, happened_at);
create index verdict_store_id_happened_at_idx on verdict (store_id, happened_at);
create index verdict_due_idx on verdict (org_id, due_at) where due_at is not null;

-- One attempt of a card, for two weeks.
create table card_sighting (
  card_ref text not null,
  terminal_id bigint not null,
  at timestamptz(6) not null,
  id text not null,
  org_id uuid not null,
  happened_at timestamptz(6) not null,
  -- Whether the sale was approved. A cancelled one says nothing of the card and is left out.
  worked boolean not null,
  -- The kind of failure; empty if it worked.
  kind text not null,
  entry_mode text not null,
  constraint card_sighting_pkey primary key (card_ref, terminal_id, id, at)
);
create index card_sighting_org_id_happened_at_idx on card_sighting (org_id, happened_at);

grant select, insert, update, delete on verdict, card_sighting to tillwatch_worker;
grant select on verdict to tillwatch_app, tillwatch_limited;
do $$
declare
  is_own constant text := 'org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid';
  t text;
begin
  foreach t in array array['verdict', 'card_sighting'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy every_organisation on %I to tillwatch_worker using (true) with check (true)', t);
    execute format('create policy own_organisation on %I to tillwatch_app using (%s) with check (%2$s)', t, is_own);
  end loop;
  execute format('create policy within_reach on verdict to tillwatch_limited using (%s and %s) with check (%1$s and %2$s)',
    is_own, 'store_id = any (coalesce((select app_store_ids()), ''{}''))');
end $$;

-- Whether the failed sales of a folded batch are noted as to be judged.
alter table ingest_batch add column judged_at timestamptz(6);
create index ingest_batch_unjudged_idx on ingest_batch (org_id, id)
  where kind = 'transaction' and folded_at is not null and judged_at is null;
