import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { learnFromFindings } from "@/lib/insight/verdicts/learn-from-findings"
import { ratiosOf } from "@/lib/insight/verdicts/ratios-of"
import { showRatios } from "@/lib/insight/verdicts/show-ratios"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"

useDatabase()

const hourMs = 3_600_000
const now = new Date()
const ago = (hours: number) => new Date(now.getTime() - hours * hourMs)

type Place = { orgId: string; storeId: number; terminalId: number }

/** A flag with ten failed reads, so many of them after a failed self-check, and what was found. */
async function givenFinding({ orgId, storeId, terminalId }: Place, outcome: string, checked: number) {
  await asWorker(async (db) => {
    const [flag] = await db.query<{ id: number }>(sql`
      insert into flag (org_id, kind, rule, subject, terminal_id, store_id, status, since_at, opened_at,
        evaluated_at, closed_at, reasons)
      values (${orgId}::uuid, 'maintenance', 'chip_reader', ${`terminal:${terminalId}`},
        ${terminalId}::bigint, ${storeId}::bigint, 'closed', ${ago(50)}, ${ago(49)},
        ${ago(2)}, ${ago(2)}, '[]')
      returning id`)
    await db.query(sql`
      insert into finding (org_id, flag_id, rule, subject, terminal_id, store_id, outcome, found_at, by)
      values (${orgId}::uuid, ${flag?.id}::bigint, 'chip_reader', ${`terminal:${terminalId}`},
        ${terminalId}::bigint, ${storeId}::bigint, ${outcome}, ${ago(2)}, 'somebody')`)
    await db.query(sql`
      insert into verdict (terminal_id, at, id, org_id, happened_at, store_id, kind, operator, cause, version,
        p_device, p_card, p_operator, p_system, evidence)
      select ${terminalId}::bigint, ${ago(40)}::timestamptz + n * interval '1 minute', n::text,
             ${orgId}::uuid,
             ${ago(40)}::timestamptz + n * interval '1 minute', ${storeId}::bigint, 'chip', '', 'card', 1,
             0.3, 0.5, 0.1, 0.1,
             case when n <= ${checked}::int then '[{"code": "reader_not_ok"}]'::jsonb else '[]'::jsonb end
        from generate_series(1, 10) n`)
  })
}

async function givenPlaces(count: number) {
  const { orgId, actor } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  const places: Place[] = []
  for (let i = 0; i < count; i += 1)
    places.push({ orgId, storeId, terminalId: (await givenTerminal(orgId, { storeId })).terminalId })
  return { orgId, actor, places }
}

test("findings change what evidence weighs, a little, once and as a version of their own", async () => {
  const { orgId, actor, places } = await givenPlaces(4)
  const shipped = (await asWorker((db) => ratiosOf(db, orgId))).reader_not_ok.ratios.device ?? 0
  const [first, second, third, last] = places
  if (!first || !second || !third || !last) throw new Error("four places were asked for")
  // The self-check fails as often where nothing is wrong with the reader.
  await givenFinding(first, "fixed", 5)
  await givenFinding(second, "no_fault_found", 5)
  await givenFinding(third, "other", 5)
  const learn = () => learnFromFindings({ orgId, at: now })
  await learn()
  await learn()
  const weights = async () => (await asWorker((db) => ratiosOf(db, orgId))).reader_not_ok.ratios.device ?? 0
  const once = await weights()
  expect(once).toBeLessThan(shipped)
  expect(once).toBeGreaterThan(0.8 * shipped)
  const shown = await showRatios({ actor })
  expect(shown.versions).toMatchObject([{ version: 1, findings: 2 }])
  expect(shown.data.find(({ code }) => code === "reader_not_ok")).toMatchObject({ shipped, learnt: once })
  await givenFinding(last, "no_fault_found", 10)
  await learnFromFindings({ orgId, at: now })
  expect((await showRatios({ actor })).versions).toHaveLength(1)
})
