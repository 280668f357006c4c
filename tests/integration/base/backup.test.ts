import { execFileSync } from "node:child_process"
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import getPort from "get-port"
import sql from "sql-template-tag"
import { afterAll, describe, expect, test } from "vitest"
import { asOwner, closeDatabase } from "@/lib/base/db/client"
import { startEmbedded, type EmbeddedPostgres } from "@/lib/base/db/embedded"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { migrate } from "@/lib/run/launch/migrate"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { answerOf, heartbeatsOnce, lines, minutesAgo, transactionsOnce } from "@/tests/support/ingest"
import { givenPerson } from "@/tests/support/people"
import { rollupsOf } from "@/tests/support/rollups"

const programs = ["initdb", "postgres", "psql", "pg_dump", "pg_dumpall", "pg_restore"]
const debian = "/usr/lib/postgresql"
const folderOfPrograms = (existsSync(debian) ? readdirSync(debian) : [])
  .toSorted((a, b) => Number(b) - Number(a))
  .map((version) => join(debian, version, "bin"))
  .find((folder) => programs.every((program) => existsSync(join(folder, program))))

const folder = mkdtempSync(join(tmpdir(), "tillwatch-backup-"))
chmodSync(folder, 0o711)
const port = await getPort()
// The environment is read once, so the new server uses the lost one's address.
process.env["DATABASE_URL"] = `postgresql://tillwatch:backup@127.0.0.1:${port}/tillwatch`
delete process.env["DATABASE_OWNER_URL"]

let server: EmbeddedPostgres | undefined
const startServer = async (name: string) => {
  const bin = folderOfPrograms ?? ""
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }
  server = await startEmbedded({
    folder: join(folder, name),
    password: "backup",
    port,
    settings,
    programs: { initdb: join(bin, "initdb"), postgres: join(bin, "postgres") },
  })
  run("psql", "--quiet", "--command=create database tillwatch", server.urlOf("postgres"))
}
const run = (program: string, ...args: string[]) =>
  execFileSync(join(folderOfPrograms ?? "", program), args, {
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  })
const url = process.env["DATABASE_URL"]
const [dump, roles] = [join(folder, "tillwatch.dump"), join(folder, "roles.sql")]

afterAll(async () => {
  await closeDatabase()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const texts = (statement: string): Promise<string[]> =>
  asOwner(async (client) => (await client.query<{ text: string }>(statement)).rows.map(({ text }) => text))

/**
 * All permissions in the catalogues: grants on tables, partitions, columns, sequences and functions;
 * policies; role memberships.
 */
const rights = () =>
  texts(`
  select 'relation ' || c.relname || ' ' || coalesce(c.relacl::text,
    '') || case when c.relrowsecurity then ' secured' else '' end as text
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'S')
  union all
  select 'column ' || a.attrelid::regclass || '.' || a.attname || ' ' || a.attacl::text from pg_attribute a
    join pg_class c on c.oid = a.attrelid where c.relnamespace = 'public'::regnamespace
      and a.attacl is not null
  union all
  select 'function ' || p.oid::regprocedure || ' ' || coalesce(p.proacl::text, '') || ' ' || p.prosecdef
  from pg_proc p where p.pronamespace = 'public'::regnamespace
  union all
  select 'policy ' || concat_ws(' ', tablename, policyname, permissive, roles, cmd, qual, with_check)
  from pg_policies
  union all
  select 'role ' || member::regrole || ' in ' || roleid::regrole from pg_auth_members
  where member::regrole::text like 'tillwatch%'
  order by 1`)

/** The number of rows of each table, including the job queue. */
const counts = async () => {
  const tables = await texts(
    `select format('%I.%I', schemaname, tablename) as text from pg_tables
      where schemaname in ('public', 'graphile_worker') order by 1`,
  )
  return texts(
    tables
      .map((table) => `select '${table} ' || count(*) as text from ${table}`)
      .join(" union all ")
      .concat(" order by 1"),
  )
}

type Named = { serial: string }

const beatsOf = (terminals: Named[], from: number) =>
  lines(
    terminals.flatMap(({ serial }) =>
      Array.from({ length: 30 }, (_, i) => ({
        terminal: serial,
        at: minutesAgo(from - i),
        printerLines: 5_000 - from + i,
      })),
    ),
  )

const salesOf = (terminals: Named[], from: number) =>
  lines(
    terminals.flatMap(({ serial }) =>
      Array.from({ length: 30 }, (_, i) => ({
        terminal: serial,
        at: minutesAgo(from - i),
        id: `${from} ${i}`,
        outcome: i % 3 ? "approved" : "declined",
        code: "51",
        cardRef: `card ${i % 4}`,
      })),
    ),
  )

/** The number of sales that an organisation's own role sees. */
const seenSales = async (orgId: string) => {
  const [row] = await inOrganisation(wholeOrganisation(orgId), (db) =>
    db.query<{ count: number }>(sql`select count(*)::int as count from transaction`),
  )
  return row?.count
}

describe.skipIf(folderOfPrograms === undefined)(
  "a backup by pg_dump (skipped unless Debian's PostgreSQL is installed)",
  () => {
    test("restores the same database into an empty server, which then works on", async () => {
      await startServer("lost")
      await migrate()
      const { orgId, ingestKey: key } = await givenOrganisation()
      const otherOrganisation = await givenOrganisation()
      const { storeId } = await givenStore(orgId)
      const terminals = await Promise.all([1, 2, 3].map(() => givenTerminal(orgId, { storeId })))
      await givenPerson(orgId, "viewer", { stores: [storeId] })
      const beats = (from: number) => beatsOf(terminals, from)
      const sales = (from: number) => salesOf(terminals, from)
      const bodies = { beats: beats(3_000), sales: `${sales(3_000)}\n{"terminal":"?"}` }
      expect(await answerOf(await heartbeatsOnce({ key, body: bodies.beats }))).toMatchObject({
        accepted: 90,
      })
      expect(await answerOf(await transactionsOnce({ key, body: bodies.sales }))).toMatchObject({
        accepted: 90,
        rejected: 1,
      })
      await foldAll()
      // Received but not folded: the restored database must fold it.
      await answerOf(await heartbeatsOnce({ key, body: beats(1_000) }))
      const before = { rights: await rights(), counts: await counts(), rollups: await rollupsOf(orgId) }

      run("pg_dumpall", "--roles-only", "--no-role-passwords", `--dbname=${url}`, `--file=${roles}`)
      run("pg_dump", "--format=custom", `--file=${dump}`, url)
      await closeDatabase()
      await server?.stop()
      await startServer("new")
      run("psql", "--quiet", `--file=${roles}`, url)
      run("pg_restore", "--exit-on-error", `--dbname=${url}`, dump)

      expect({ rights: await rights(), counts: await counts(), rollups: await rollupsOf(orgId) }).toEqual(
        before,
      )
      expect(await migrate()).toEqual({ migrations: [], partitions: 0, days: 0 })
      expect(await foldAll()).toEqual({ batches: 1, rows: 90 })
      expect(await answerOf(await heartbeatsOnce({ key, body: bodies.beats }))).toMatchObject({
        accepted: 0,
        duplicates: 90,
      })
      expect(await answerOf(await transactionsOnce({ key, body: bodies.sales }))).toMatchObject({
        accepted: 0,
        duplicates: 90,
        rejected: 1,
      })
      // Newer than all stored rows, so COPY inserts it.
      for (const from of [500, 400])
        expect(await answerOf(await transactionsOnce({ key, body: sales(from) }))).toMatchObject({
          accepted: 90,
        })
      await foldAll()
      const today = localDay(new Date(), "Asia/Shanghai")
      expect(
        await checkRollups({ orgId, from: addDays(today, -4), to: addDays(today, 1), isRepair: false }),
      ).toEqual([])
      const { days } = await rollupsOf(orgId)
      expect(days.reduce((sum, row) => sum + Number(row["raw_attempts"]), 0)).toBe(270)
      expect(days.reduce((sum, row) => sum + Number(row["beats"]), 0)).toBe(180)
      expect([await seenSales(orgId), await seenSales(otherOrganisation.orgId)]).toEqual([270, 0])
    }, 120_000)
  },
)
