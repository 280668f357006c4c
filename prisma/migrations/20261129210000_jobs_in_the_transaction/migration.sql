-- Adds a job in the caller's transaction: it is in the queue once that commits, and never if it does not.
-- The roles of the application have no right to the queue's own tables. A transaction that is bound to an
-- organisation can add jobs for that organisation alone. Takes no lock.
create function add_job(task text, payload json, job_key text, attempts int) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  bound_to text := nullif(current_setting('app.org_id', true), '');
begin
  if bound_to <> payload ->> 'orgId' then
    raise insufficient_privilege using message = 'a job can be added for the own organisation alone';
  end if;
  perform graphile_worker.add_job(task, payload => payload, job_key => job_key, max_attempts => attempts);
end $$;

revoke all on function add_job(text, json, text, int) from public;
grant execute on function add_job(text, json, text, int) to tillwatch_app, tillwatch_worker;
