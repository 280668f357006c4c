import { asOwner } from "@/lib/base/db/client"

/**
 * Makes the test's database look like a Citus coordinator. Functions and catalogues with Citus's names
 * record their calls, and refuse what Citus refuses.
 */
export const pretendCitus = (): Promise<void> =>
  asOwner(async (client) => {
    await client.query(`
      create schema citus;
      do $$ begin execute format('alter database %I set search_path = public, citus',
        current_database()); end $$;
      set search_path = citus, public;
      create function citus_version() returns text language sql as $$ select 'pretended' $$;
      create table pg_dist_partition (logicalrelid regclass, partmethod "char", repmodel "char");
      create table pg_dist_object (classid oid, objid oid);
      create table noted (id bigserial, what text, subject text, distributed_by text, together_with text);
      create function create_reference_table(table_name regclass) returns void language plpgsql as $$
      begin
        if exists (
          select from pg_constraint k
           where k.contype = 'f' and k.conrelid = table_name and k.confrelid <> table_name
             and not exists (select from pg_dist_partition d where d.logicalrelid = k.confrelid
               and d.repmodel = 't'))
        then raise exception 'it refers to a table that is not a reference table'; end if;
        insert into pg_dist_partition values (table_name, 'n', 't');
        insert into noted (what, subject) values ('reference', table_name::text);
      end $$;
      create function create_distributed_table(table_name regclass, distribution_column text,
        colocate_with text default 'default') returns void language plpgsql as $$
      begin
        perform from pg_dist_partition where logicalrelid = table_name;
        if found then raise exception 'it is distributed already'; end if;
        insert into pg_dist_partition values (table_name, 'h', 's');
        insert into noted (what, subject, distributed_by, together_with)
        values ('distributed', table_name::text, distribution_column, colocate_with);
      end $$;
      create function create_distributed_function(function_name regprocedure) returns void
      language plpgsql as $$
      begin
        insert into pg_dist_object values ('pg_proc'::regclass, function_name);
        insert into noted (what, subject) values ('function', function_name::text);
      end $$;
      create function refuse_concurrently() returns event_trigger language plpgsql as $$
      begin
        if current_query() ~* 'detach partition .* concurrently' then
          raise exception 'refused' using errcode = '0A000';
        end if;
      end $$;
      create event trigger refuse_concurrently on ddl_command_start execute function refuse_concurrently()`)
  })

export type Noted = {
  what: string
  subject: string
  distributed_by: string | null
  together_with: string | null
}

/** The calls of these functions, in order. */
export const notedCalls = (): Promise<Noted[]> =>
  asOwner(
    async (client) =>
      (
        await client.query<Noted>(
          "select what, subject, distributed_by, together_with from citus.noted order by id",
        )
      ).rows,
  )
