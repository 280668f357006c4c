import { setTimeout as pause } from "node:timers/promises"
import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { Random } from "@/lib/run/simulation/random"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { counted, recount, storesOf, type SentRow } from "@/tests/support/recount"
import { rollupsOf } from "@/tests/support/rollups"
import { startStack, type Server, type Stack } from "@/tests/support/stack"

export type CrashRun = {
  seed: number
  seconds: number
  server?: (() => Promise<Server>) | undefined
  say: (text: string) => void
}

type Sent = {
  kind: "heartbeat" | "transaction"
  record: Record<string, unknown> & { terminal: string; at: string }
}

const senders = 6
const retryAfterMs = 100
const betweenBatchesMs = 40

/**
 * Kills PostgreSQL, web server and worker at random moments under load and starts them again, while senders
 * retry. Then compares the acknowledged records with the database, and the rollups with a recount. Throws if
 * they differ.
 */
export async function runCrash({
  seed,
  seconds,
  server,
  say,
}: CrashRun): Promise<{ records: number; kills: string[]; retries: number }> {
  const stack = await startStack({ logLevel: "silent", server })
  try {
    const { orgId, ingestKey } = await givenOrganisation()
    const fleet = new Map<string, number>()
    for (let i = 0; i < 3; i += 1) {
      const { storeId } = await givenStore(orgId)
      for (let j = 0; j < 4; j += 1) {
        const { serial, terminalId } = await givenTerminal(orgId, { storeId })
        fleet.set(serial, terminalId)
      }
    }
    await stack.worker.start()
    await stack.web.start()

    const until = Date.now() + seconds * 1000
    const serials = [...fleet.keys()]
    const load = Promise.all(
      Array.from({ length: senders }, (_, i) =>
        sendUntil(until, {
          url: stack.url,
          key: ingestKey,
          random: new Random("crash sender", seed, i),
          serials: serials.filter((_serial, j) => j % senders === i),
        }),
      ),
    )
    const killing = killUntil(until, stack, new Random("crash killer", seed), say)
    // Both must end before the stack is stopped, so that nothing starts a process again.
    await Promise.allSettled([load, killing])
    const [sent, kills] = [await load, await killing]
    await folded(orgId)

    const acknowledged = sent.flatMap(({ acknowledged: own }) => own)
    const rows = acknowledged.map(({ kind, record }): SentRow => ({ kind, row: rowOf(record, fleet) }))
    await compareRaw(orgId, rows)
    equal(
      "the rollups and a recount of acknowledged records",
      await counted(orgId),
      recount(rows, await storesOf(orgId)),
    )
    await checkDays(orgId)
    const before = await rollupsOf(orgId)
    await recompute(orgId)
    equal("the rollups and a new fold of the raw rows", before, await rollupsOf(orgId))
    return {
      records: acknowledged.length,
      kills,
      retries: sent.reduce((total, { retries }) => total + retries, 0),
    }
  } finally {
    await stack.stop()
  }
}

type Sender = { url: string; key: string; random: Random; serials: string[] }

/**
 * Sends batches in order, late, out of order and twice, each until it is acknowledged. Returns each record
 * once.
 */
async function sendUntil(
  until: number,
  { url, key, random, serials }: Sender,
): Promise<{ acknowledged: Sent[]; retries: number }> {
  const acknowledged: Sent[] = []
  let retries = 0
  let heldBack: Sent[] = []
  const next = randomRecords(random, serials)

  const post = async (batch: Sent[]) => {
    for (const kind of ["heartbeat", "transaction"] as const) {
      const records = batch.filter((one) => one.kind === kind).map(({ record }) => record)
      if (records.length === 0) continue
      const body = records.map((record) => JSON.stringify(record)).join("\n")
      while (!(await isAcknowledged(`${url}/api/v1/${kind}s`, key, body, records.length))) {
        retries += 1
        await pause(retryAfterMs)
      }
    }
  }

  while (Date.now() < until) {
    const batch = Array.from({ length: 1 + random.below(60) }, next)
    // Hold some back for a later batch, so that they arrive late.
    const late = batch.filter(() => random.chance(0.05))
    const now = [
      ...batch.filter((one) => !late.includes(one)),
      ...(random.chance(0.3) ? heldBack.splice(0) : []),
    ]
    heldBack.push(...late)
    await post(now)
    acknowledged.push(...now)
    await pause(betweenBatchesMs)
    if (random.chance(0.2)) await post(acknowledged.slice(-random.below(200) - 1))
  }
  await post(heldBack)
  acknowledged.push(...heldBack)
  heldBack = []
  return { acknowledged, retries }
}

/** Makes random heartbeats and transactions. The times of each terminal increase. */
function randomRecords(random: Random, serials: string[]): () => Sent {
  const clocks = new Map(serials.map((serial) => [serial, Date.now() - 30 * 86_400_000]))
  const lines = new Map(serials.map((serial) => [serial, 1000]))
  let number = 0
  return () => {
    const terminal = serials[random.below(serials.length)] ?? ""
    const time = (clocks.get(terminal) ?? 0) + 1000 + random.below(120_000)
    clocks.set(terminal, time)
    number += 1
    const at = new Date(time).toISOString()
    if (random.chance(0.5)) {
      const count = random.chance(0.02) ? random.below(10) : (lines.get(terminal) ?? 0) + random.below(40)
      lines.set(terminal, count)
      return {
        kind: "heartbeat",
        record: { terminal, at, printerLines: count, batteryPct: random.below(100) },
      }
    }
    const outcome =
      ["approved", "approved", "approved", "declined", "failed", "cancelled", "reversed"][random.below(7)] ??
      "approved"
    return {
      kind: "transaction",
      record: {
        terminal,
        at,
        id: `${terminal}x${number}`,
        outcome,
        entryMode: "chip",
        amountMinor: 100,
        cardRef: `card ${random.below(3)}`,
        ...(outcome === "reversed" ? { reverses: "1" } : {}),
      },
    }
  }
}

/** Whether the server acknowledged every record of the body. */
async function isAcknowledged(url: string, key: string, body: string, records: number): Promise<boolean> {
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/x-ndjson" },
  }).catch(() => null)
  if (!response) return false
  const text = await response.text().catch(() => null)
  if (response.status !== 200 || text === null) {
    if (response.status < 500 && response.status !== 429 && text !== null && response.status !== 200)
      throw new Error(`answered ${response.status}: ${text}`)
    return false
  }
  const answer = JSON.parse(text) as { accepted: number; duplicates: number; rejected: number }
  if (answer.rejected > 0 || answer.accepted + answer.duplicates !== records)
    throw new Error(`of ${records} records: ${text}`)
  return true
}

async function killUntil(
  until: number,
  stack: Stack,
  random: Random,
  say: (text: string) => void,
): Promise<string[]> {
  const kills: string[] = []
  while (Date.now() < until) {
    await pause(300 + random.below(1200))
    const name = (["postgres", "web", "worker"] as const)[random.below(3)] ?? "worker"
    kills.push(name)
    say(`killing ${name}`)
    await stack[name].kill()
    await pause(random.below(300))
    await stack[name].start()
  }
  return kills
}

const waiting = async (orgId: string): Promise<number> => {
  const rows = await asWorker((db) =>
    db.query(sql`select 1 from ingest_batch where org_id = ${orgId}::uuid and folded_at is null`),
  )
  return rows.length
}

async function folded(orgId: string): Promise<void> {
  const deadline = Date.now() + 120_000
  while ((await waiting(orgId)) > 0) {
    if (Date.now() > deadline) throw new Error("the fold did not finish in time")
    await pause(100)
  }
}

/** What `db:check` finds. The records begin 30 days ago and are of some hours. */
async function checkDays(orgId: string): Promise<void> {
  const today = localDay(new Date(), "UTC")
  const range = { from: addDays(today, -31), to: addDays(today, -27) }
  equal("what db:check finds and nothing", await checkRollups({ ...range, orgId, isRepair: false }), [])
}

/** Makes the worker fold all raw rows again. */
async function recompute(orgId: string): Promise<void> {
  await asWorker(async (db) => {
    await db.query(sql`select pg_advisory_xact_lock(hashtextextended('fold:' || ${orgId}, 0))`)
    await db.query(sql`delete from terminal_tail where org_id = ${orgId}::uuid`)
    await db.query(sql`update ingest_batch set folded_at = null where org_id = ${orgId}::uuid`)
  })
  await folded(orgId)
}

function rowOf(
  { terminal, at, printerLines, cardRef, amountMinor, entryMode, outcome, id }: Sent["record"],
  fleet: Map<string, number>,
): SentRow["row"] {
  return {
    terminal_id: fleet.get(terminal) ?? 0,
    at,
    printer_lines: printerLines,
    card_ref: cardRef,
    amount_minor: amountMinor,
    entry_mode: entryMode,
    outcome,
    id,
  }
}

async function compareRaw(orgId: string, rows: SentRow[]): Promise<void> {
  const key = (terminalId: unknown, at: Date, id: unknown) =>
    `${String(terminalId)} ${at.toISOString()} ${String(id ?? "")}`
  const stored = await asWorker((db) =>
    db.query<{ terminal_id: number; at: Date; id: string | null }>(sql`
    select terminal_id, at, null as id from heartbeat where org_id = ${orgId}::uuid
    union all
    select terminal_id, at, id from transaction where org_id = ${orgId}::uuid`),
  )
  equal(
    "the database and the acknowledged records",
    stored.map((row) => key(row.terminal_id, row.at, row.id)).toSorted(),
    rows.map(({ row }) => key(row.terminal_id, new Date(row.at), row["id"])).toSorted(),
  )
}

function equal(what: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) === JSON.stringify(expected)) return
  const differences = (a: unknown, b: unknown, path: string): string[] => {
    if (JSON.stringify(a) === JSON.stringify(b)) return []
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null)
      return [`${path}: ${JSON.stringify(a)} instead of ${JSON.stringify(b)}`]
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    return [...keys].flatMap((name) =>
      differences(
        (a as Record<string, unknown>)[name],
        (b as Record<string, unknown>)[name],
        `${path}.${name}`,
      ),
    )
  }
  throw new Error(`${what} differ:\n${differences(found, expected, "").slice(0, 20).join("\n")}`)
}
