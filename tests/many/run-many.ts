import assert from "node:assert/strict"
import getPort from "get-port"
import sql from "sql-template-tag"
import { systemActor } from "@/lib/access/actor/actor"
import { createUser } from "@/lib/access/users/create-user"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import type { ImportDetail } from "@/lib/intake/imports/runs/schemas"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { signIn } from "@/tests/many/sign-in"
import { sendToAll, type Sent } from "@/tests/many/uploads"
import { startBalancer } from "@/tests/support/balancer"
import { givenKey, givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { isFolded } from "@/tests/support/raw"
import { counted, recount, storesOf, type SentRow } from "@/tests/support/recount"
import { startStack, type Part, type Stack } from "@/tests/support/stack"
import { until } from "@/tests/support/wait"

const password = "three blue bicycles at dawn"
const requestsAMinute = 600
const patienceMs = 60_000

/**
 * Runs two web servers and two workers on one database. Checks that each knows what the other does, and that
 * nothing is done twice.
 */
export async function runMany(say: (text: string) => void): Promise<void> {
  const port = await getPort()
  const origin = `http://127.0.0.1:${port}`
  const stack = await startStack({ processes: 2, env: { NEXTAUTH_URL: origin, TRUSTED_PROXIES: "1" } })
  const balancer = await startBalancer(
    port,
    stack.webs.map(({ url }) => url),
  )
  try {
    await Promise.all([...stack.webs, ...stack.workers].map((part) => part.start()))
    await checkSessions(stack, origin)
    say("sessions, revoked keys and lock-outs apply in both web servers")
    await checkLimit(balancer.url)
    say(`the limit of ${requestsAMinute} requests a minute counts both web servers together`)
    await checkCounts(stack, balancer.url)
    say("records, files and flags count once")
    assert.ok(
      !stack.said().includes('"level":50'),
      `a process logged an error: ${stack.said().slice(-2_000)}`,
    )
  } finally {
    balancer.stop()
    await stack.stop()
  }
}

async function checkSessions({ webs }: Stack, origin: string): Promise<void> {
  const { orgId } = await givenOrganisation()
  const [first = "", second = ""] = webs.map(({ url }) => url)
  const admin = await createUser({
    actor: systemActor(orgId),
    email: "admin@example.com",
    role: "admin",
    password,
  })
  const { headers, error } = await signIn({ url: first, origin, form: admin })
  assert.equal(error, null)
  const status = async (url: string, path: string, init: RequestInit = {}) =>
    (await fetch(`${url}${path}`, { headers, ...init })).status
  assert.deepEqual(
    [await status(first, "/api/v1/account"), await status(second, "/api/v1/account")],
    [200, 200],
  )

  const key = await asWorker((db) => givenKey(db, orgId, ["read"]))
  const readsAt = (url: string) =>
    status(url, "/api/v1/flags", { headers: { authorization: `Bearer ${key}` } })
  assert.deepEqual([await readsAt(first), await readsAt(second)], [200, 200])
  const [row] = await asWorker((db) =>
    db.query<{ id: string }>(sql`select id from api_key where prefix = ${key.slice(0, 10)}`),
  )
  assert.equal(await status(first, `/api/v1/keys/${row?.id}`, { method: "DELETE", headers }), 200)
  await until("the other process to reject the key", patienceMs, async () => (await readsAt(second)) === 401)

  const sessions = (await (await fetch(`${second}/api/v1/account/sessions`, { headers })).json()) as {
    data: { id: string }[]
  }
  assert.equal(
    await status(second, `/api/v1/account/sessions/${sessions.data[0]?.id}`, { method: "DELETE", headers }),
    200,
  )
  assert.deepEqual(
    [await status(first, "/api/v1/account"), await status(second, "/api/v1/account")],
    [401, 401],
  )

  const guessed = await createUser({
    actor: systemActor(orgId),
    email: "guessed@example.com",
    role: "viewer",
    password,
  })
  for (let i = 0; i < 5; i += 1)
    assert.ok(
      (
        await signIn({
          url: i % 2 ? first : second,
          origin,
          form: { ...guessed, password: `wrong ${i} entirely` },
        })
      ).error,
    )
  for (const url of [first, second])
    assert.ok((await signIn({ url, origin, form: guessed })).error, "locked out everywhere")
}

async function checkLimit(url: string): Promise<void> {
  const { readKey } = await givenOrganisation()
  const ask = async () =>
    (await fetch(`${url}/api/v1/flags`, { headers: { authorization: `Bearer ${readKey}` } })).status
  const statuses: number[] = []
  while (statuses.length < requestsAMinute + 20)
    statuses.push(...(await Promise.all(Array.from({ length: 31 }, ask))))
  assert.deepEqual(
    [200, 429].map((status) => statuses.filter((one) => one === status).length),
    [requestsAMinute, 20],
  )
}

async function checkCounts({ webs, workers }: Stack, balanced: string): Promise<void> {
  const { orgId, ingestKey } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  const known = await Promise.all(Array.from({ length: 5 }, () => givenTerminal(orgId, { storeId })))
  const urls = [...webs.map(({ url }) => url), balanced]
  const sent = await sendToAll({ urls, key: ingestKey }, [
    ...known.map(({ serial }) => serial),
    "unknown to both",
  ])
  const fleet = await terminalIds(orgId)
  assert.equal(fleet.size, known.length + 1)

  const rows = sent.map((one) => rowOf(one, fleet))
  rows.push(
    ...(await importOnce({
      urls,
      key: ingestKey,
      orgId,
      serial: known[0]?.serial ?? "",
      terminalId: known[0]?.terminalId ?? 0,
    })),
  )

  await until("the fold", patienceMs, () => isFolded(orgId))
  assert.deepEqual(await counted(orgId), recount(rows, await storesOf(orgId)))
  const today = localDay(new Date(), "Asia/Shanghai")
  assert.deepEqual(
    await checkRollups({ orgId, from: addDays(today, -4), to: addDays(today, 1), isRepair: false }),
    [],
  )
  await checkFlag(workers, orgId)
}

async function terminalIds(orgId: string): Promise<Map<string, number>> {
  const terminals = await asWorker((db) =>
    db.query<{ id: number; serial: string }>(
      sql`select id, serial from terminal where org_id = ${orgId}::uuid`,
    ),
  )
  return new Map(terminals.map(({ id, serial }) => [serial, id]))
}

const rowOf = (
  { kind, record: { terminal, at, printerLines, cardRef, amountMinor, entryMode, ...record } }: Sent,
  fleet: Map<string, number>,
): SentRow => ({
  kind,
  row: {
    ...record,
    terminal_id: fleet.get(terminal) ?? 0,
    at,
    printer_lines: printerLines,
    card_ref: cardRef,
    amount_minor: amountMinor,
    entry_mode: entryMode,
  },
})

type Importing = { urls: string[]; key: string; orgId: string; serial: string; terminalId: number }

/** Uploads a file, starts it on all servers at once, and waits until it is imported. Returns its rows. */
async function importOnce({ urls, key, orgId, serial, terminalId }: Importing): Promise<SentRow[]> {
  const headers = { authorization: `Bearer ${key}` }
  const begin = Date.now() - 40 * 3_600_000
  const sales = Array.from({ length: 60 }, (_, i) => ({
    at: new Date(begin + i * 60_000).toISOString(),
    id: `file ${i}`,
    amount: 1_000 + i,
  }))
  const csv = [
    "terminal,at,id,outcome,entryMode,amountMinor,currency",
    ...sales.map(({ at, id, amount }) => `${serial},${at},${id},declined,chip,${amount},CNY`),
    "",
  ].join("\n")
  const imports = (path: string, init: RequestInit = {}, turn = 0) =>
    fetch(`${urls[turn % urls.length]}/api/v1/imports${path}`, { headers, ...init })
  const { id, mapping } = (await (
    await imports("?fileName=sales.csv", { method: "POST", body: csv })
  ).json()) as ImportDetail
  const body = JSON.stringify({ profile: mapping })
  const started = await Promise.all(
    Array.from({ length: 6 }, (_, turn) =>
      imports(
        `/${id}/start`,
        { method: "POST", body, headers: { ...headers, "content-type": "application/json" } },
        turn,
      ),
    ),
  )
  assert.deepEqual(started.map(({ status }) => status).toSorted(), [200, 409, 409, 409, 409, 409])
  const done = await until("the import", patienceMs, async () => {
    const run = (await (await imports(`/${id}`, {}, 1)).json()) as ImportDetail
    return run.state === "done" && run
  })
  assert.deepEqual([done.accepted, done.duplicates, done.rejected], [sales.length, 0, 0])
  assert.equal(
    (
      await asWorker((db) =>
        db.query(sql`select 1 from audit_entry where org_id = ${orgId}::uuid and action = 'import.started'`),
      )
    ).length,
    1,
  )
  return sales.map(({ at, id: sale, amount }) => ({
    kind: "transaction",
    row: {
      terminal_id: terminalId,
      at,
      id: sale,
      outcome: "declined",
      entry_mode: "chip",
      amount_minor: amount,
    },
  }))
}

type Flag = { rule: string; status: string; hold_runs: number }

/** Lets all workers start a round of the detector at once, twice. A flag opens after exactly two rounds. */
async function checkFlag(workers: Part[], orgId: string): Promise<void> {
  const flags = () =>
    asWorker((db) =>
      db.query<Flag>(
        sql`select rule, status, hold_runs from flag where org_id = ${orgId}::uuid and rule = 'self_check'`,
      ),
    )
  await Promise.all(workers.map((worker) => worker.kill()))
  await asWorker((db) => db.query(sql`delete from flag where org_id = ${orgId}::uuid`))
  await asWorker((db) =>
    db.query(sql`update terminal_state set next_look_at = now() where org_id = ${orgId}::uuid`),
  )
  for (const [round, status] of (["candidate", "open"] as const).entries()) {
    await Promise.all(workers.map((worker) => worker.kill()))
    await asWorker((db) => db.query(sql`delete from loop_run`))
    await Promise.all(workers.map((worker) => worker.start()))
    await until("the detector", patienceMs, async () => (await flags())[0]?.hold_runs === round + 1)
    assert.deepEqual(await flags(), [{ rule: "self_check", status, hold_runs: round + 1 }])
  }
}
