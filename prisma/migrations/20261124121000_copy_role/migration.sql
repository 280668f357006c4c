-- COPY is refused to a role that row-level security binds. This one may do nothing but add rows to the
-- partitions of raw rows, which have no policies of their own; the organisation comes from the key.

set lock_timeout = '30s';

do $$ begin
  create role tillwatch_ingest nologin;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin
  execute format('grant tillwatch_ingest to %I', current_user);
exception when duplicate_object or unique_violation then null; end $$;

grant usage on schema public to tillwatch_ingest;

-- Partitions that exist already; lib/db/partitions.ts grants it on those to come.
do $$
declare
  partition regclass;
begin
  for partition in select inhrelid from pg_inherits where inhparent in ('heartbeat'::regclass, 'transaction'::regclass) loop
    execute format('grant insert on %s to tillwatch_ingest', partition);
  end loop;
end $$;
