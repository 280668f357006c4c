import sql from "sql-template-tag"
import { afterEach, expect, test, vi } from "vitest"
import { GET as getMetrics } from "@/app/api/metrics/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addJob } from "@/lib/base/jobs/add-job"
import { foldOnce } from "@/lib/rollups/fold/fold-once"
import { runJobs } from "@/lib/run/jobs/run-jobs"
import { runLoop } from "@/lib/run/worker/loop"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { heartbeats, lines, minutesAgo } from "@/tests/support/ingest"

useDatabase()
afterEach(() => vi.unstubAllEnvs())

const local = { host: "localhost:3000", "x-forwarded-for": "127.0.0.1" }
const scrape = (headers: Record<string, string> = local, route = getMetrics) =>
  route(new Request("http://localhost/api/metrics", { headers }))
const text = async () => (await scrape()).text()
/** A metric's value; 0 if it is missing. */
const valueOf = (page: string, series: string): number =>
  Number(
    page
      .split("\n")
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1) ?? 0,
  )

test("counts records by outcome, and names no organisation, terminal or key", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const { serial } = await givenTerminal(orgId)
  const body = lines([
    { terminal: serial, at: minutesAgo(1) },
    { terminal: serial, at: minutesAgo(2) },
    { terminal: serial, at: "never" },
  ])
  await heartbeats({ key: ingestKey, body })

  const page = await text()
  const records = (outcome: string, code = "") =>
    valueOf(page, `tillwatch_ingest_records_total{noun="heartbeat",outcome="${outcome}",code="${code}"}`)
  expect([records("accepted"), records("duplicate"), records("rejected", "invalid")]).toEqual([2, 2, 2])
  expect(valueOf(page, "tillwatch_ingest_bytes_total")).toBe(2 * Buffer.byteLength(body))
  expect(valueOf(page, 'tillwatch_ingest_merged_records_sum{noun="heartbeat"}')).toBe(6)
  expect(valueOf(page, 'tillwatch_ingest_commit_duration_seconds_count{noun="heartbeat"}')).toBe(2)
  expect(valueOf(page, "tillwatch_ingest_uploads_in_progress")).toBe(0)
  for (const name of [orgId, serial, ingestKey]) expect(page).not.toContain(name)
})

test("counts the worker's rounds, failures and jobs, and reads waiting work from the database", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const { serial, terminalId } = await givenTerminal(orgId)
  await heartbeats({ key: ingestKey, body: lines([{ terminal: serial, at: minutesAgo(1) }]) })
  await asWorker(async (db) => {
    await db.query(
      sql`update ingest_batch set received_at = now() - interval '90 s' where org_id = ${orgId}::uuid`,
    )
    await db.query(sql`
      insert into flag (org_id, kind, rule, subject, terminal_id, status, since_at, evaluated_at, reasons)
      values (${orgId}::uuid, 'update', 'test', ${`terminal:${terminalId}`}, ${terminalId}::bigint, 'open',
        now(), now(), '[]')`)
  })
  await asWorker((db) => addJob(db, "partitions", {}, { key: "metrics" }))
  const before = await text()
  expect(valueOf(before, "tillwatch_database_up")).toBe(1)
  expect(valueOf(before, "tillwatch_fold_lag_seconds")).toBeGreaterThanOrEqual(90)
  expect(valueOf(before, 'tillwatch_jobs_waiting{task="partitions"}')).toBe(1)
  expect(valueOf(before, 'tillwatch_flags{kind="update",status="open"}')).toBe(1)

  const stopping = new AbortController()
  const rounds = [foldOnce, () => Promise.reject(new Error("it broke"))]
  await runLoop(
    {
      name: "fold",
      idleMs: 0,
      busyMs: 0,
      work: async () => {
        const round = rounds.shift()
        if (rounds.length === 0) stopping.abort()
        return round ? round() : null
      },
    },
    stopping.signal,
  )
  const jobs = new AbortController()
  const running = runJobs(jobs.signal)
  await vi.waitFor(
    async () =>
      expect(
        valueOf(await text(), 'tillwatch_job_duration_seconds_count{task="partitions",result="done"}'),
      ).toBe(1),
    { timeout: 20_000 },
  )
  jobs.abort()
  await running

  const page = await text()
  expect(valueOf(page, "tillwatch_fold_lag_seconds")).toBe(0)
  expect(valueOf(page, 'tillwatch_loop_work_total{loop="fold",what="rows"}')).toBeGreaterThan(0)
  expect(valueOf(page, 'tillwatch_loop_round_duration_seconds_count{loop="fold"}')).toBe(1)
  expect(valueOf(page, 'tillwatch_loop_failures_total{loop="fold"}')).toBe(1)
  expect(valueOf(page, 'tillwatch_jobs_waiting{task="partitions"}')).toBe(0)
})

test("without a token answers only this machine, and not through a proxy on it", async () => {
  expect((await scrape()).status).toBe(200)
  for (const headers of [
    { ...local, "x-forwarded-for": "203.0.113.7" },
    { ...local, host: "tillwatch.example.com" },
    { host: "localhost" },
  ]) {
    expect((await scrape(headers)).status).toBe(403)
  }
})

test.each([
  ["NEXTAUTH_URL", "https://tillwatch.example.com"],
  ["TRUSTED_PROXIES", "1"],
])("without a token answers nobody when %s shows that there is a proxy", async (name, value) => {
  vi.resetModules()
  vi.stubEnv(name, value)
  const { GET } = await import("@/app/api/metrics/route")
  expect((await scrape(local, GET)).status).toBe(403)
})

test("with a token answers only requests with the token, from any address", async () => {
  vi.resetModules()
  vi.stubEnv("METRICS_TOKEN", "a token for Prometheus")
  const { GET } = await import("@/app/api/metrics/route")
  const statusOf = async (headers: Record<string, string>) => (await scrape(headers, GET)).status
  expect(
    await statusOf({ authorization: "Bearer a token for Prometheus", host: "tillwatch.example.com" }),
  ).toBe(200)
  expect(await statusOf({ ...local, authorization: "Bearer another token" })).toBe(401)
  expect(await statusOf(local)).toBe(401)
})
