-- Files of terminals: a dry run before the run, and a result for each row. Locks the small table of runs for a moment.
set local lock_timeout = '10s';

alter table import_run
  add column is_dry boolean not null default false,
  add column checked_at timestamptz(6);

-- CreateTable
CREATE TABLE "import_result" (
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "org_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "serial" TEXT,
    "tid" TEXT,
    "acquirer" TEXT,
    "changes" JSONB NOT NULL DEFAULT '[]',
    "refusal" JSONB,

    CONSTRAINT "import_result_pkey" PRIMARY KEY ("import_id","line")
);

-- CreateIndex
CREATE INDEX "import_result_import_id_serial_idx" ON "import_result"("import_id", "serial");

-- CreateIndex
CREATE INDEX "import_result_import_id_tid_idx" ON "import_result"("import_id", "tid");

-- CreateIndex
CREATE INDEX "import_result_import_id_outcome_line_idx" ON "import_result"("import_id", "outcome", "line");

-- AddForeignKey
ALTER TABLE "import_result" ADD CONSTRAINT "import_result_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table import_result add constraint import_result_outcome_check check (outcome in ('created', 'changed', 'unchanged', 'refused'));

grant select, insert, update, delete on import_result to tillwatch_app, tillwatch_worker;
alter table import_result enable row level security;
create policy own_organisation on import_result to tillwatch_app
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy every_organisation on import_result to tillwatch_worker using (true) with check (true);
create policy whole_organisation on import_result as restrictive to tillwatch_limited using (false);
