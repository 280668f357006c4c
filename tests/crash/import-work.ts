import assert from "node:assert/strict"
import { Readable } from "node:stream"
import sql from "sql-template-tag"
import type { Actor } from "@/lib/access/actor/actor"
import { addDays, localDay } from "@/lib/base/time/zone"
import { loadProfile } from "@/lib/intake/imports/mapping/load-profile"
import { startImport } from "@/lib/intake/imports/runs/start-import"
import { uploadImport } from "@/lib/intake/imports/runs/upload-import"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { countOf, rowsOf, type Work } from "@/tests/crash/work"

type Run = {
  state: string
  done: number
  total: number
  accepted: number
  duplicates: number
  rejected: number
}

const runOf = async (importId: string): Promise<Run> => {
  const [run] = await rowsOf<Run>(sql`
    select state, rows_done as done, total_rows as total, accepted, duplicates, rejected
      from import_run where id = ${importId}::uuid`)
  assert.ok(run, "the import is gone")
  return run
}

/** A file that is imported by its API names. */
function importWork(name: string, actor: Actor, lines: string[], profileName: string) {
  let importId = ""
  return {
    name,
    begin: async () => {
      const body = Readable.from([Buffer.from(lines.join("\n"))])
      const uploaded = await uploadImport({ actor, fileName: `${profileName}.csv`, body })
      importId = uploaded.id
      await startImport({ actor, importId, profile: await loadProfile(profileName) })
    },
    share: async () => {
      const { state, done, total } = await runOf(importId)
      assert.notEqual(state, "failed")
      return state === "done" ? 1 : Math.min(done / total, 0.99)
    },
    run: () => runOf(importId),
    lines: async (table: "import_reject" | "import_result") => {
      const rows =
        table === "import_reject"
          ? sql`select line from import_reject where import_id = ${importId}::uuid order by line`
          : sql`select line from import_result where import_id = ${importId}::uuid order by line`
      return (await rowsOf<{ line: number }>(rows)).map(({ line }) => Number(line))
    },
  }
}

const saleCount = 12_000
/** One in so many sales has an unknown outcome and is rejected. */
const wrongEvery = 400
const spanDays = 110

/** Sales of the last months, each of which is stored and counted once. */
export function salesImport(actor: Actor, serials: readonly string[]): Work {
  const stepMs = (spanDays * 86_400_000) / saleCount
  const begun = Date.now() - spanDays * 86_400_000
  const isWrong = (i: number) => i % wrongEvery === 7
  const rows = Array.from({ length: saleCount }, (_, i) => {
    const outcome = isWrong(i) ? "perhaps" : i % 3 === 0 ? "declined" : "approved"
    const at = new Date(begun + i * stepMs).toISOString()
    return `${serials[i % serials.length]},${at},sale-${i},${outcome},chip,${100 + (i % 7)},EUR`
  })
  const header = "terminal,at,id,outcome,entryMode,amountMinor,currency"
  const work = importWork("importing sales", actor, [header, ...rows], "transactions")
  const ids = rows.flatMap((_, i) => (isWrong(i) ? [] : [`sale-${i}`]))
  return {
    ...work,
    check: async () => {
      const { total, accepted, duplicates, rejected } = await work.run()
      assert.deepEqual([total, rejected], [saleCount, saleCount - ids.length])
      assert.equal(accepted + duplicates, ids.length)
      const wrong = rows.flatMap((_, i) => (isWrong(i) ? [i + 2] : []))
      assert.deepEqual(await work.lines("import_reject"), wrong)
      const stored = await rowsOf<{ id: string }>(sql`
        select id from transaction where org_id = ${actor.orgId}::uuid and at >= now() - interval '1 year'`)
      assert.deepEqual(stored.map(({ id }) => id).toSorted(), ids.toSorted())
      const today = localDay(new Date(), "UTC")
      const range = { from: addDays(today, -29), to: addDays(today, 2) }
      assert.deepEqual(await checkRollups({ orgId: actor.orgId, ...range, isRepair: false }), [])
    },
  }
}

const terminalCount = 6_000

/** Terminals, each of which is added and noted once. */
export function terminalsImport(actor: Actor): Work {
  const rows = Array.from({ length: terminalCount }, (_, i) => `CR${i},CR-M${i % 5},CR-S${i % 40},active`)
  const work = importWork("importing terminals", actor, ["serial,model,store,status", ...rows], "terminals")
  return {
    ...work,
    check: async () => {
      const { accepted, duplicates, rejected } = await work.run()
      assert.deepEqual([accepted, duplicates, rejected], [terminalCount, 0, 0])
      assert.deepEqual(
        await work.lines("import_result"),
        rows.map((_, i) => i + 2),
      )
      const [terminals, places, states] = await Promise.all([
        countOf(sql`select count(*) as count from terminal
          where org_id = ${actor.orgId}::uuid and serial like 'CR%'`),
        countOf(sql`select count(*) as count from terminal t join terminal_store p on p.terminal_id = t.id
          where t.org_id = ${actor.orgId}::uuid and t.serial like 'CR%'`),
        countOf(sql`select count(*) as count from terminal t join terminal_status p on p.terminal_id = t.id
          where t.org_id = ${actor.orgId}::uuid and t.serial like 'CR%'`),
      ])
      assert.deepEqual([terminals, places, states], [terminalCount, terminalCount, terminalCount])
    },
  }
}
