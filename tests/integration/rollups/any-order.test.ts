import fc from "fast-check"
import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { causes } from "@/lib/fleet/code-packs/cause"
import { changeTerminals } from "@/lib/fleet/terminals/life/change-terminals"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import {
  history,
  subcauses,
  swapAt,
  terminalCount,
  zones,
  type BeatSpec,
  type History,
  type SaleSpec,
  type SaleStep,
} from "@/tests/support/history"
import { givenBatch } from "@/tests/support/raw"
import { rollupsOf } from "@/tests/support/rollups"
import {
  counted,
  kinds,
  segmentCounted,
  walk,
  type Beat,
  type Fleet,
  type Sale,
  type Sums,
} from "@/tests/support/walk"

useDatabase()

async function moveTerminal(
  db: Db,
  orgId: string,
  { terminal, storeId, from }: { terminal: number; storeId: number; from: number },
) {
  const at = new Date(from)
  await db.query(sql`
    update terminal_store set to_at = ${at}::timestamptz where terminal_id = ${terminal}::bigint`)
  await db.query(sql`
    insert into terminal_store (org_id, terminal_id, store_id, from_at)
    values (${orgId}::uuid, ${terminal}::bigint, ${storeId}::bigint, ${at}::timestamptz)`)
}

/**
 * Three stores in three zones, with four terminals and a code of each subcause. The first and second terminal
 * change places: the second then shares its store with the fourth.
 */
async function givenFleet() {
  const { orgId, actor } = await givenOrganisation()
  const stores: number[] = []
  for (const timeZone of zones) stores.push((await givenStore(orgId, { timeZone })).storeId)
  const terminals: number[] = []
  for (let i = 0; i < terminalCount; i += 1)
    terminals.push((await givenTerminal(orgId, { storeId: stores[i % stores.length] ?? 0 })).terminalId)
  const [first = 0, second = 0, third = 0, fourth = 0] = terminals
  const [a = 0, b = 0, c = 0] = stores
  const places = [
    { terminal: first, storeId: c, from: swapAt },
    { terminal: second, storeId: a, from: swapAt },
  ]
  const causeOf = (i: number) => [...causes, "none" as const][i % (causes.length + 1)] ?? "none"
  const codes = await asWorker(async (db) => {
    for (const place of places) await moveTerminal(db, orgId, place)
    return db.query<{ id: number }>(sql`
      with pack as (
        insert into code_pack (org_id, code_system, version) values (${orgId}::uuid, 'own', 1) returning id)
      insert into response_code (org_id, pack_id, code, cause, subcause, remedy, retry, device_attributable,
                                 confidence, meaning_en, meaning_zh)
      select ${orgId}::uuid, pack.id, 'code ' || g.i, g.cause, g.subcause,
             'none', 'no', 'false', 'high', '', ''
        from pack,
             unnest(${[...subcauses.keys()]}::int[], ${subcauses.map((_, i) => causeOf(i))}::text[],
                    ${subcauses}::text[]) as g (i, cause, subcause)
       order by g.i
      returning id`)
  })
  const fleet: Fleet = {
    zones: new Map(stores.map((id, i) => [id, zones[i] ?? ""])),
    models: new Map(),
    assignments: new Map([
      [
        first,
        [
          { storeId: a, from: 0, to: swapAt },
          { storeId: c, from: swapAt, to: null },
        ],
      ],
      [
        second,
        [
          { storeId: b, from: 0, to: swapAt },
          { storeId: a, from: swapAt, to: null },
        ],
      ],
      [third, [{ storeId: c, from: 0, to: null }]],
      [fourth, [{ storeId: a, from: 0, to: null }]],
    ]),
    codes: new Map(
      codes.map(({ id }, i) => [id, { cause: causeOf(i), subcause: subcauses[i] ?? "unspecified" }]),
    ),
  }
  return { orgId, actor, fleet, terminals, codeIds: codes.map(({ id }) => id), stores }
}

type Given = Awaited<ReturnType<typeof givenFleet>>

const asSent = (time: number, offset: number) => ({
  at: new Date(time - offset).toISOString(),
  clock_offset_ms: offset,
})

/** The same record, sent again with other values. */
const saleRow = ({ terminals, codeIds }: Given, spec: SaleSpec, { index, isAgain }: SaleStep): Sale => ({
  terminal_id: terminals[spec.terminal] ?? 0,
  id: String(index).padStart(4, "0"),
  ...asSent(spec.time, spec.offset),
  outcome: isAgain ? (spec.outcome === "approved" ? "failed" : "approved") : spec.outcome,
  entry_mode: spec.entryMode,
  card_ref: spec.card,
  amount_minor: spec.amount,
  code_system: spec.code === null ? null : "own",
  code: spec.code === null ? null : `code ${spec.code}`,
  response_code_id: typeof spec.code === "number" ? (codeIds[spec.code] ?? null) : null,
  release: spec.release,
  acquirer_id: spec.acquirer,
  issuer_bin: spec.issuer,
  operator: spec.operator,
})

const beatRow = ({ terminals }: Given, spec: BeatSpec): Beat => ({
  terminal_id: terminals[spec.terminal] ?? 0,
  ...asSent(spec.time, spec.offset),
  printer_lines: spec.lines,
})

const rowsInABatch = 20

/** Runs the steps in order. Returns the sent rows in the order of sending. */
async function play(
  given: Given,
  { sales, beats, steps }: History,
): Promise<{ sales: Sale[]; beats: Beat[] }> {
  const sent: { sales: Sale[]; beats: Beat[] } = { sales: [], beats: [] }
  const waiting: { sales: Sale[]; beats: Beat[] } = { sales: [], beats: [] }
  const send = async () => {
    const [newSales, newBeats] = [waiting.sales.splice(0), waiting.beats.splice(0)]
    if (newSales.length > 0) await givenBatch(given.orgId, "transaction", newSales)
    if (newBeats.length > 0) await givenBatch(given.orgId, "heartbeat", newBeats)
    sent.sales.push(...newSales)
    sent.beats.push(...newBeats)
  }
  for (const step of steps) {
    const [oneSale, oneBeat] = "index" in step ? [sales[step.index], beats[step.index]] : []
    if (step.kind === "sale" && oneSale) waiting.sales.push(saleRow(given, oneSale, step))
    if (step.kind === "beat" && oneBeat) waiting.beats.push(beatRow(given, oneBeat))
    if (waiting.sales.length + waiting.beats.length >= rowsInABatch) await send()
    if (step.kind === "fold") await send().then(foldAll)
    if (step.kind === "move") await send().then(() => move(given, step.at))
  }
  await send()
  await foldAll()
  return sent
}

/** Moves the third terminal to the second store, with effect from the past. */
async function move({ actor, fleet, terminals, stores }: Given, at: number): Promise<void> {
  const [id = 0, store = 0] = [terminals[2], stores[1]]
  const { changed } = await changeTerminals({ actor, ids: [id], change: { store }, at: new Date(at) })
  expect(changed).toBe(1)
  const [before] = fleet.assignments.get(id) ?? []
  if (!before) throw new Error("the terminal has no store")
  fleet.assignments.set(id, [
    { ...before, to: at },
    { storeId: store, from: at, to: null },
  ])
}

/** The hours of a day's bits, the first of which begins 14 hours before the date in UTC. */
const hoursOf = (day: string, bits: number) =>
  [...bits.toString(2)]
    .toReversed()
    .flatMap((bit, i) =>
      bit === "1" ? [new Date(Date.parse(day) + (i - 14) * 3_600_000).toISOString()] : [],
    )

/** The same sums as the fold wrote them. */
async function folded(orgId: string): Promise<Sums> {
  const { hours, days, placeHours, placeDays, segments } = await rollupsOf(orgId)
  const sums = (
    rows: Record<string, unknown>[],
    keyOf: (row: Record<string, unknown>) => unknown[],
    names: string[],
  ) =>
    new Map(
      rows.map((row) => [
        keyOf(row).join("|"),
        Object.fromEntries(names.map((name) => [name, Number(row[name] ?? 0)])),
      ]),
    )
  return {
    hours: sums(
      hours,
      (row) => [row["terminal_id"], (row["hour"] as Date).toISOString(), row["store_id"], row["day"]],
      counted,
    ),
    days: sums(days, (row) => [row["terminal_id"], row["day"], row["store_id"]], counted),
    beatHours: new Map(
      days.flatMap((row) =>
        hoursOf(row["day"] as string, Number(row["beat_hours"])).map((hour) => [
          [row["terminal_id"], hour, row["store_id"], row["day"]].join("|"),
          { beats: 1 },
        ]),
      ),
    ),
    placeHours: sums(
      placeHours,
      (row) => [row["store_id"], (row["hour"] as Date).toISOString(), row["day"]],
      counted,
    ),
    placeDays: sums(placeDays, (row) => [row["store_id"], row["day"]], counted),
    segments: sums(
      segments,
      (row) => ["store_id", "day", "dimension", "value", "cause", "subcause"].map((name) => row[name]),
      segmentCounted,
    ),
  }
}

const sorted = (sums: Map<string, Record<string, number>>) => Object.fromEntries([...sums].toSorted())

test("terminals, places and segments equal a count over the rows, in any order of arrival", async () => {
  await fc.assert(
    fc.asyncProperty(history, async (one) => {
      const given = await givenFleet()
      const sent = await play(given, one)
      const [expected, actual] = [walk(given.fleet, sent), await folded(given.orgId)]
      for (const of of kinds) expect(sorted(actual[of])).toEqual(sorted(expected[of]))
    }),
    { numRuns: 10 },
  )
}, 60_000)
