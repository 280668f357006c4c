-- When a terminal's online state changes next, what changed in master data that states depend on, and our own
-- outages. New columns have constant defaults, so no row is rewritten. Locks terminal_state and organisation for a
-- moment; building the index keeps the fold waiting, about a second for a million terminals.
set local lock_timeout = '10s';

-- -infinity: to be worked out. Null: nothing to come.
alter table terminal_state add column next_state_at timestamptz(6) default '-infinity'::timestamptz;
create index terminal_state_due_idx on terminal_state (next_state_at, org_id) where next_state_at is not null;

-- Every terminal has a state, also before its first heartbeat.
insert into terminal_state (terminal_id, org_id) select id, org_id from terminal
on conflict (terminal_id) do nothing;

alter table organisation
  add column check_outages_at timestamptz(6) not null default '-infinity'::timestamptz;

-- CreateTable
CREATE TABLE "own_outage" (
    "org_id" UUID NOT NULL,
    "from_at" TIMESTAMPTZ(6) NOT NULL,
    "to_at" TIMESTAMPTZ(6),

    CONSTRAINT "own_outage_pkey" PRIMARY KEY ("org_id", "from_at")
);

-- AddForeignKey
ALTER TABLE "own_outage" ADD CONSTRAINT "own_outage_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "fleet_change" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" BIGINT NOT NULL,
    "after_terminal_id" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "fleet_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "fleet_change_org_id_id_idx" ON "fleet_change"("org_id", "id");

alter table fleet_change add constraint fleet_change_kind_check
  check (kind in ('terminal', 'store', 'model', 'organisation'));

-- The application adds changes, and the worker takes them.
grant usage on sequence fleet_change_id_seq to tillwatch_app, tillwatch_limited, tillwatch_worker;
grant insert on fleet_change to tillwatch_app, tillwatch_limited;
grant select, insert, update, delete on fleet_change, own_outage to tillwatch_worker;

do $$
declare
  own constant text := 'org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid';
  t text;
begin
  foreach t in array array['fleet_change', 'own_outage'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy own_organisation on %I to tillwatch_app, tillwatch_limited using (%s) with check (%2$s)',
      t, own);
    execute format('create policy every_organisation on %I to tillwatch_worker using (true) with check (true)', t);
  end loop;
end $$;
