import fc from "fast-check"
import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import type { OnlineState } from "@/lib/fleet/terminals/words"
import { settleOrganisation } from "@/lib/insight/silence/settle-states"
import { nextStepAt, silencePlan, stepAt } from "@/lib/insight/silence/silence-plan"
import { storeTimeOf } from "@/lib/insight/silence/store-time"
import { foldOnce } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { alwaysOpen, minute } from "@/tests/support/flags"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

const terminalCount = 7
/** Smaller than the fleet, so that other work comes between the slices of one round. */
const atMost = 2

type Change = "hours" | "closure" | "spare" | "active"
type Worker = "fold" | "states"
/** What happens, so many minutes after the step before. */
type Step = {
  minutes: number
  /** Which terminals send a heartbeat. */
  beats: number[]
  change: { kind: Change; place: number } | null
  /** Who is at work at once, and after how many other statements each begins. */
  workers: { kind: Worker; after: number }[]
}

const place = fc.integer({ min: 0, max: terminalCount - 1 })
const step: fc.Arbitrary<Step> = fc.record({
  minutes: fc.oneof(
    fc.integer({ min: 1, max: 40 }),
    fc.constantFrom(30, 60, 61, 120, 121),
    fc.integer({ min: 60, max: 700 }),
  ),
  beats: fc.oneof(fc.constant<number[]>([]), fc.uniqueArray(place, { maxLength: terminalCount })),
  change: fc.option(
    fc.record({ kind: fc.constantFrom<Change>("hours", "closure", "spare", "active"), place }),
    { freq: 3 },
  ),
  workers: fc
    .array(fc.record({ kind: fc.constant<Worker>("states"), after: fc.nat(6) }), {
      minLength: 2,
      maxLength: 3,
    })
    .chain((states) =>
      fc
        .array(fc.record({ kind: fc.constant<Worker>("fold"), after: fc.nat(6) }), { maxLength: 2 })
        .map((folds) => [...folds, ...states]),
    ),
})

type Fleet = { orgId: string; storeIds: number[]; ids: number[] }

async function givenFleet(firstAt: number): Promise<Fleet> {
  const { orgId } = await givenOrganisation()
  const storeIds = []
  for (const openingHours of [alwaysOpen, null, alwaysOpen])
    storeIds.push((await givenStore(orgId, { openingHours })).storeId)
  const ids: number[] = []
  for (let i = 0; i < terminalCount; i += 1)
    ids.push((await givenTerminal(orgId, { storeId: storeIds[i % storeIds.length] ?? 0 })).terminalId)
  const fleet = { orgId, storeIds, ids }
  for (const minutes of [-30, -15, 0]) await sendBeats(fleet, ids, firstAt + minutes * minute)
  return fleet
}

const sendBeats = ({ orgId }: Fleet, ids: readonly number[], at: number) =>
  givenBatch(
    orgId,
    "heartbeat",
    ids.map((id) => ({ terminal_id: id, at: new Date(at).toISOString() })),
    new Date(at),
  )

const changes: Record<Change, (ids: { terminalId: number; storeId: number }) => ReturnType<typeof sql>> = {
  hours: ({ storeId }) => sql`
    update store set opening_hours = '{"mon": [["09:00", "18:00"]], "tue": [["00:00", "24:00"]]}'
     where id = ${storeId}::bigint`,
  closure: ({ storeId }) => sql`
    update store set closed_on = current_date + 1 where id = ${storeId}::bigint`,
  spare: ({ terminalId }) => sql`
    update terminal_status set status = 'spare' where terminal_id = ${terminalId}::bigint`,
  active: ({ terminalId }) => sql`
    update terminal_status set status = 'active' where terminal_id = ${terminalId}::bigint`,
}

const change = ({ orgId, storeIds, ids }: Fleet, { kind, place: index }: { kind: Change; place: number }) =>
  asWorker(async (db) => {
    const terminalId = ids[index] ?? 0
    const storeId = storeIds[index % storeIds.length] ?? 0
    await db.query(changes[kind]({ terminalId, storeId }))
    const isOfStore = kind === "hours" || kind === "closure"
    const [noun, subject] = isOfStore ? ["store", storeId] : ["terminal", terminalId]
    await db.query(sql`
      insert into fleet_change (org_id, kind, subject_id)
      values (${orgId}::uuid, ${noun}, ${subject}::bigint)`)
  })

async function after(statements: number, run: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < statements; i += 1) await asWorker((db) => db.query(sql`select 1`))
  await run()
}

/** Runs all steps, with all workers of a step at once or by one walk. */
async function live(steps: readonly Step[], firstAt: number, isWalk: boolean): Promise<Fleet> {
  const fleet = await givenFleet(firstAt)
  let at = firstAt
  const settle = () => settleOrganisation({ orgId: fleet.orgId, now: new Date(at), atMost })
  await foldOnce()
  await settle()
  for (const { minutes, beats, change: changed, workers } of steps) {
    at += minutes * minute
    if (beats.length > 0)
      await sendBeats(
        fleet,
        beats.map((index) => fleet.ids[index] ?? 0),
        at,
      )
    if (changed) await change(fleet, changed)
    if (isWalk) {
      await foldOnce()
      await settle()
    } else
      await Promise.all(
        workers.map((worker) => after(worker.after, worker.kind === "fold" ? foldOnce : settle)),
      )
  }
  await foldOnce()
  await settle()
  return fleet
}

type Row = {
  online_state: OnlineState
  next_state_at: Date | null
  last_received_at: Date
  learnt_interval_seconds: number | null
  status: string
  time_zone: string
  opening_hours: unknown
  hours_exceptions: unknown
  closed_on: string | null
}

async function seen({
  orgId,
}: Fleet): Promise<{ rows: Row[]; outages: { from: number; to: number | null }[] }> {
  return asWorker(async (db) => ({
    rows: await db.query<Row>(sql`
      select st.online_state, st.next_state_at, st.last_received_at, st.learnt_interval_seconds, u.status,
             s.time_zone, s.opening_hours, s.hours_exceptions, s.closed_on
        from terminal_state st
        join terminal_status u on u.terminal_id = st.terminal_id and u.to_at is null
        join terminal_store p on p.terminal_id = st.terminal_id and p.to_at is null
        join store s on s.id = p.store_id
       where st.org_id = ${orgId}::uuid order by st.terminal_id`),
    outages: (
      await db.query<{ from_at: Date; to_at: Date | null }>(sql`
        select from_at, to_at from own_outage where org_id = ${orgId}::uuid order by from_at`)
    ).map((row) => ({ from: row.from_at.getTime(), to: row.to_at?.getTime() ?? null })),
  }))
}

/** What the plan of a terminal's silence says at an instant, without deadlines. */
function planned(row: Row, outages: { from: number; to: number | null }[], now: number) {
  if (outages.some(({ to }) => to === null) || row.status !== "active")
    return { state: "unknown", next: null }
  const ended = outages.flatMap(({ from, to }) => (to === null ? [] : [{ from, to }]))
  const lastSignAt = row.last_received_at.getTime()
  const store = storeTimeOf({ id: 0, ...row } as Parameters<typeof storeTimeOf>[0], ended)
  const plan = silencePlan({ ...store, lastSignAt, week: null, intervalSeconds: row.learnt_interval_seconds })
  return { state: stepAt(plan, now)?.state ?? "online", next: nextStepAt(plan, now) }
}

test("many workers and the fold at once end in the states of one walk", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
      const firstAt = Date.now()
      const lastAt = firstAt + steps.reduce((sum, { minutes }) => sum + minutes * minute, 0)
      const walk = await seen(await live(steps, firstAt, true))
      const many = await seen(await live(steps, firstAt, false))
      expect(many.outages).toEqual(walk.outages)
      expect(many.rows.map((row) => row.online_state)).toEqual(walk.rows.map((row) => row.online_state))
      for (const row of many.rows) {
        const plan = planned(row, many.outages, lastAt)
        expect(row.online_state).toBe(plan.state)
        // A deadline may come too early, and is moved then. It never comes late.
        expect(row.next_state_at?.getTime() ?? Infinity).toBeLessThanOrEqual(plan.next ?? Infinity)
      }
    }),
    { numRuns: 4 },
  )
}, 120_000)
