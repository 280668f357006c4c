import { encode } from "next-auth/jwt"
import sql from "sql-template-tag"
import { routes } from "@/app/api/v1/openapi.json/routes"
import { sessionCookie } from "@/lib/access/sessions/auth-cookies"
import { asOwner, closeDatabase } from "@/lib/base/db/client"
import type { EmbeddedPostgres } from "@/lib/base/db/embedded"
import { asWorker } from "@/lib/base/db/transaction"
import { cpuSeconds } from "@/tests/bench/measure"
import { logPlans, startKept, useKept } from "@/tests/bench/read/kept-server"
import { addressOf, readsOf, samplesOf, titleOf } from "@/tests/bench/read/samples"
import { seed, sources } from "@/tests/bench/read/seed"
import { slowestPlans } from "@/tests/bench/read/slow-plans"
import { cell, type Row } from "@/tests/bench/read/table"
import { timeCall, type Headers } from "@/tests/bench/read/time-calls"
import { webOf, workerOf, type Web } from "@/tests/support/stack"

type Readers = { admins: Headers[]; limited: Headers[]; userId: string }

const slowestCalls = 15
const mostPlans = 5
const webName = "web"

const say = (text: string) => process.stderr.write(`• ${text}\n`)

/** Measures one size, and sends its rows to the process that asked for it. */
async function main(terminals: number, only: string, withPlans: boolean): Promise<void> {
  const logged: string[] = []
  const server = await startKept((text) => void logged.push(text))
  process.env["NEXTAUTH_SECRET"] = "s".repeat(32)
  try {
    const make = () => seed(terminals, say)
    const database = await useKept(server, { terminals, sources, make })
    say(`${terminals} terminals`)
    const readers = await signInAll()
    const samples = samplesOf(readsOf(routes), readers.userId).filter((one) => titleOf(one).includes(only))
    const rows: Row[] = []
    const faults: string[] = []
    await withPrograms(async (web) => {
      const had = new Map<number, number>()
      const served = { url: web.url, processorSeconds: () => secondsOf(web.pid(), had) }
      for (const sample of samples)
        try {
          const admin = await timeCall(served, sample, readers.admins)
          const limited = await timeCall(served, sample, readers.limited)
          rows.push({ sample, bySize: [{ terminals, admin, limited }] })
          say(`${titleOf(sample)}: ${cell(admin)}, limited ${cell(limited)}`)
        } catch (error) {
          faults.push(String(error))
        }
    })
    if (faults.length > 0) throw new Error(`calls that failed:\n${faults.join("\n")}`)
    process.send?.(rows)
    if (withPlans)
      await showPlans({ server, database, logged }, rows, readers).catch((error: unknown) =>
        say(`no plans: ${String(error)}`),
      )
  } finally {
    await closeDatabase()
    await server.stop()
  }
}

/** What the web server and its sessions of the database have had of the processor, also those that ended. */
async function secondsOf(webPid: number, had: Map<number, number>): Promise<number> {
  const { rows } = await asOwner((client) =>
    client.query<{ pid: number }>("select pid from pg_stat_activity where application_name = $1", [webName]),
  )
  for (const pid of [webPid, ...rows.map((row) => row.pid)]) had.set(pid, cpuSeconds(pid))
  return [...had.values()].reduce((sum, seconds) => sum + seconds, 0)
}

type Logging = { server: EmbeddedPostgres; database: string; logged: string[] }

/** Makes the slowest calls again, and shows the slowest of their statements. */
async function showPlans(
  { server, database, logged }: Logging,
  rows: Row[],
  readers: Readers,
): Promise<void> {
  const slowest = rows.toSorted((a, b) => slownessOf(b) - slownessOf(a)).slice(0, slowestCalls)
  await logPlans(server, database, true)
  logged.length = 0
  await withPrograms(async ({ url }) => {
    for (const { sample } of slowest)
      for (const headers of [readers.admins[0], readers.limited[0]])
        await (await fetch(`${url}${addressOf(sample)}`, { headers: headers ?? {} })).text()
  })
  await logPlans(server, database, false)
  for (const { ms, text } of slowestPlans(logged.join(""), mostPlans))
    process.stderr.write(`\n${ms.toFixed(0)} ms\n${text}\n`)
}

const slownessOf = ({ bySize }: Row) =>
  Math.max(bySize.at(-1)?.admin?.p95 ?? 0, bySize.at(-1)?.limited?.p95 ?? 0)

async function withPrograms(run: (web: Web) => Promise<void>): Promise<void> {
  const env = { ...process.env, NODE_ENV: "production" as const, LOG_LEVEL: "error", TRUSTED_PROXIES: "1" }
  const onLog = (text: string) => (text.includes('"level":50') ? say(text) : undefined)
  const [web, worker] = [await webOf({ ...env, PGAPPNAME: webName }, onLog), workerOf(env, onLog)]
  try {
    await worker.start()
    await web.start()
    await run(web)
  } finally {
    await Promise.all([web.kill(), worker.kill()])
  }
}

/** New sessions of the users that were made for it. Those of earlier runs are deleted. */
const signInAll = (): Promise<Readers> =>
  asWorker(async (db) => {
    const isReader = sql`email ~ '^(admin|limited)[0-9]+@'`
    await db.query(sql`delete from session s using app_user u where u.id = s.user_id and ${isReader}`)
    const sessions = await db.query<{ id: string; org_id: string; user_id: string; role: string }>(sql`
      insert into session (org_id, user_id)
      select org_id, id from app_user where ${isReader}
      returning id, org_id, user_id, (select role from app_user u where u.id = user_id) as role`)
    const headersOf = async ({ id, org_id, user_id }: (typeof sessions)[number]): Promise<Headers> => {
      const token = { sub: user_id, sid: id, org: org_id }
      const cookie = await encode({ token, secret: process.env["NEXTAUTH_SECRET"] ?? "" })
      return { cookie: `${sessionCookie()}=${cookie}` }
    }
    const of = (isAdmin: boolean) =>
      Promise.all(sessions.filter(({ role }) => (role === "admin") === isAdmin).map(headersOf))
    return { admins: await of(true), limited: await of(false), userId: sessions[0]?.user_id ?? "" }
  })

const [terminals, only = "", withPlans] = process.argv.slice(2)
await main(Number(terminals), only, withPlans === "true")
