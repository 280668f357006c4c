import { describe, expect, test } from "vitest"
import { asOwner } from "@/lib/base/db/client"
import { useDatabase } from "@/tests/support/database"

useDatabase()

describe("functions that bypass row-level security", () => {
  /**
   * Each takes a secret, takes an email that is only compared, finds ids of the own organisation, or reveals
   * nothing. lib/access/README.md explains each.
   */
  const known = [
    "access_by_groups",
    "account_link_by_hash",
    "add_job",
    "api_key_by_hash",
    "count_terminals_anew",
    "stores_named",
    "terminal_by_help_link",
    "terminals_labelled",
    "terminals_named",
    "user_by_email",
    "user_by_oidc",
    "user_by_session",
  ]

  const forLimited = ["add_job", "count_terminals_anew"]

  test("are these, belong to the owner, fix their search path, and serve few roles only", async () => {
    const found = await asOwner(
      async (client) =>
        (
          await client.query(`
      select p.proname::text as name, pg_get_userbyid(p.proowner) = pg_get_userbyid(d.datdba) as is_owners,
             p.proconfig as config,
             (select array_agg(coalesce(r.rolname::text, 'public') order by r.rolname)
               from aclexplode(p.proacl) x left join pg_roles r on r.oid = x.grantee
               where x.privilege_type = 'EXECUTE' and x.grantee <> p.proowner) as callers
        from pg_proc p, pg_database d
       where p.pronamespace = 'public'::regnamespace and p.prosecdef and d.datname = current_database()
       order by 1`)
        ).rows,
    )
    expect(found).toEqual(
      known.map((name) => ({
        name,
        is_owners: true,
        config: ["search_path=pg_catalog, public, pg_temp"],
        callers: [
          "tillwatch_app",
          ...(forLimited.includes(name) ? ["tillwatch_limited"] : []),
          "tillwatch_worker",
        ],
      })),
    )
  })
})
