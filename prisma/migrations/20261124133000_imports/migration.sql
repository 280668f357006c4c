-- Files that people upload: kept as masked rows in chunks until a worker has taken them in. Locks the small
-- table of runs for a moment.
set local lock_timeout = '10s';

drop index import_run_org_id_profile_file_hash_key;
alter table import_run
  alter column profile drop not null,
  add column state text not null default 'uploading',
  add column kind text,
  add column total_rows integer not null default 0,
  add column detected jsonb,
  add column mapping jsonb,
  add column error text,
  add column uploaded_at timestamptz(6) not null default current_timestamp,
  add column worked_until timestamptz(6),
  add column min_at timestamptz(6),
  add column max_at timestamptz(6),
  add column card_refs_cleared_at timestamptz(6),
  alter column started_at drop not null,
  alter column started_at drop default;

-- Runs of before have no rows to go on with: the same file again begins anew and adds nothing twice.
update import_run
   set state = case when finished_at is null then 'cancelled' else 'done' end, total_rows = rows_done,
       uploaded_at = started_at, finished_at = coalesce(finished_at, now());

alter table import_run add constraint import_run_state_check
  check (state in ('uploading', 'uploaded', 'queued', 'running', 'done', 'cancelled', 'failed'));
create index import_run_org_id_uploaded_at_idx on import_run (org_id, uploaded_at);
create index import_run_working_idx on import_run (worked_until) where state in ('queued', 'running');

-- CreateTable
CREATE TABLE "import_chunk" (
    "import_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "org_id" UUID NOT NULL,
    "first_row" INTEGER NOT NULL,
    "row_count" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "import_chunk_pkey" PRIMARY KEY ("import_id","number")
);

-- CreateTable
CREATE TABLE "import_reject" (
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "org_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "field" TEXT,
    "message" TEXT NOT NULL,
    "row" TEXT NOT NULL,

    CONSTRAINT "import_reject_pkey" PRIMARY KEY ("import_id","line")
);

-- CreateTable
CREATE TABLE "import_profile" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "profile" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_profile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "card_key" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "card_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "import_profile_org_id_name_key" ON "import_profile"("org_id", "name");

-- CreateIndex
CREATE INDEX "card_key_org_id_created_at_idx" ON "card_key"("org_id", "created_at");

-- AddForeignKey
ALTER TABLE "import_chunk" ADD CONSTRAINT "import_chunk_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_reject" ADD CONSTRAINT "import_reject_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_profile" ADD CONSTRAINT "import_profile_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "card_key" ADD CONSTRAINT "card_key_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

grant usage on sequence card_key_id_seq to tillwatch_app, tillwatch_worker;
grant select, insert, update, delete on import_chunk, import_reject, import_profile, card_key to tillwatch_worker;
grant select, insert, update, delete on import_chunk, import_reject, import_profile to tillwatch_app;
-- A key is made and used where a file comes in, and never changed.
grant select, insert on card_key to tillwatch_app;

do $$
declare
  t text;
begin
  foreach t in array array['import_chunk', 'import_reject', 'import_profile', 'card_key'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy own_organisation on %I to tillwatch_app
      using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
      with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid)$p$, t);
    execute format('create policy every_organisation on %I to tillwatch_worker using (true) with check (true)', t);
  end loop;
end $$;
