import { execFile } from "node:child_process"
import { promisify } from "node:util"
import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asOwner, closeDatabase } from "@/lib/base/db/client"
import { distribute } from "@/lib/base/db/distribute"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { onlyOnCluster } from "@/tests/support/cluster-tests"
import { useUndistributedDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { at, noon } from "@/tests/support/fold-sales"
import { givenBatch } from "@/tests/support/raw"
import { counted, recount, storesOf, type SentRow } from "@/tests/support/recount"
import { rollupsOf } from "@/tests/support/rollups"

useUndistributedDatabase()

const today = localDay(new Date(noon), "Asia/Shanghai")
const range = { from: addDays(today, -5), to: addDays(today, 2) }

/** Sales and heartbeats of each terminal on these days, counted back. */
const recordsOf = (terminals: number[], daysBack: number[], mark = ""): SentRow[] =>
  terminals.flatMap((terminalId) =>
    daysBack.flatMap((back) =>
      [0, 100, 4000].flatMap((seconds, i): SentRow[] => {
        const time = at(seconds - back * 86_400 + mark.length * 7)
        const sale = { id: `${mark}${back} ${i}`, outcome: i % 2 ? "declined" : "approved", card_ref: "card" }
        return [
          { kind: "heartbeat", row: { terminal_id: terminalId, at: time, printer_lines: 100 * i } },
          { kind: "transaction", row: { terminal_id: terminalId, at: time, entry_mode: "chip", ...sale } },
        ]
      }),
    ),
  )

async function send(orgId: string, rows: SentRow[]): Promise<void> {
  for (const kind of ["heartbeat", "transaction"] as const)
    await givenBatch(
      orgId,
      kind,
      rows.filter((row) => row.kind === kind).map(({ row }) => row),
    )
}

/** Ends at the statement, as if the command was killed. */
const distributeUntil = (end: RegExp) =>
  distribute({
    isDryRun: false,
    prepare: async () => void (await foldAll()),
    onStatement: (statement) => {
      if (end.test(statement)) throw new Error("killed")
    },
  })

const command = () =>
  promisify(execFile)(process.execPath, ["--import", "tsx", "lib/run/commands/distribute.ts"], {
    env: { ...process.env, LOG_LEVEL: "warn" },
  })

/** Moves the group of a terminal to another node. */
const moveGroupOf = (terminalId: number) =>
  asOwner((client) =>
    client.query(
      `
      select citus_move_shard_placement(p.shardid, n.nodename, n.nodeport, o.nodename, o.nodeport,
               'block_writes')
        from pg_dist_placement p
        join pg_dist_node n on n.groupid = p.groupid
        join pg_dist_node o on o.noderole = 'primary' and o.groupid not in (0, n.groupid)
       where p.shardid = get_shard_id_for_distribution_column('heartbeat', $1::bigint)
       limit 1`,
      [terminalId],
    ),
  )

test("a database is distributed with its rows, also by a run that was interrupted", async (context) => {
  onlyOnCluster(context)
  const { orgId } = await givenOrganisation()
  const stores = [(await givenStore(orgId)).storeId, (await givenStore(orgId)).storeId]
  const terminals: number[] = []
  for (const storeId of [...stores, ...stores, ...stores])
    terminals.push((await givenTerminal(orgId, { storeId })).terminalId)
  const rows = recordsOf(terminals, [4, 3, 2, 1])
  await send(orgId, rows)
  const withoutFold = { prepare: () => Promise.resolve(), onStatement: () => undefined }
  await expect(distribute({ isDryRun: false, ...withoutFold })).rejects.toThrow(/^Records wait to be folded/)
  await foldAll()
  // A file brought in an older day, of which the raw rows are deleted by now.
  const old = addDays(today, -400)
  await asWorker((db) =>
    db.query(sql`
      insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause, presentments,
        failures, raw_attempts, raw_failures)
      select ${orgId}::uuid, store, ${old}::date, 'issuer', '622200', '', '', 5, 0, 5, 0
        from unnest(array[0, ${stores[0]}::bigint]) store`),
  )
  const before = await rollupsOf(orgId)

  for (const end of [/create_reference_table\('terminal'\)/, /'transaction', /, /'place_day', /])
    await expect(distributeUntil(end)).rejects.toThrow("killed")
  await command()
  await closeDatabase()
  expect(await rollupsOf(orgId)).toEqual(before)
  expect(await counted(orgId)).toEqual(recount(rows, await storesOf(orgId)))
  expect(await checkRollups({ ...range, orgId, isRepair: false })).toEqual([])
  expect((await command()).stdout).toBe("All tables are distributed already.\n")

  const late = recordsOf(terminals, [3, 0], "late")
  await send(orgId, late)
  // Records that wait to be folded move with their group.
  expect((await moveGroupOf(terminals[0] ?? 0)).rowCount).toBe(1)
  await foldAll()
  expect(await counted(orgId)).toEqual(recount([...rows, ...late], await storesOf(orgId)))
  expect(await checkRollups({ ...range, orgId, isRepair: false })).toEqual([])
})
