import sql from "sql-template-tag"
import { afterEach, expect, test, vi } from "vitest"
import { GET as getLive } from "@/app/api/health/live/route"
import { GET as getReady } from "@/app/api/health/ready/route"
import { GET as getHealth } from "@/app/api/health/route"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import { asOwner, closeDatabase } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { requestIdOf, underRequestId } from "@/lib/base/log/request-id"
import { paces } from "@/lib/run/health/loops"
import type { Readiness } from "@/lib/run/health/readiness"
import { rounds, upkeep } from "@/lib/run/worker/rounds"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"

useDatabase()
afterEach(() => vi.unstubAllEnvs())

const ready = async (route = getReady) => {
  const response = await route()
  return {
    status: response.status,
    body: (await response.json()) as Omit<Readiness, "isReady"> & { status: string },
  }
}

test("is not ready when the database lacks a migration or its sums, and says what to do", async () => {
  const [last] = await asOwner(
    async (client) =>
      (
        await client.query<{ id: string }>(
          `update _prisma_migrations set finished_at = null
            where migration_name = (select max(migration_name) from _prisma_migrations) returning id`,
        )
      ).rows,
  )
  expect(await ready()).toMatchObject({
    status: 503,
    body: {
      status: "unavailable",
      reasons: ["Migrations that the database lacks: 1. Run npm run db:migrate."],
    },
  })
  await asOwner((client) =>
    client.query("update _prisma_migrations set finished_at = now() where id = $1", [last?.id]),
  )
  // A migration that was interrupted while it summed days.
  const { orgId } = await givenOrganisation()
  const setPlacesFrom = (day: string | null) =>
    asWorker((db) =>
      db.query(sql`update organisation set places_from = ${day}::date where id = ${orgId}::uuid`),
    )
  await setPlacesFrom("2026-11-01")
  expect((await ready()).body.reasons).toEqual([
    "Organisations with days that are not summed yet: 1. Run npm run db:migrate.",
  ])
  await setPlacesFrom(null)
  expect(await ready()).toMatchObject({ status: 200, body: { status: "ok", reasons: [] } })
  expect(await ready(getHealth)).toMatchObject({ status: 200 })
})

test("warns of waiting batches and stopped loops, and is still ready", async () => {
  expect((await ready()).body).toMatchObject({
    warnings: ["No worker has run yet."],
    foldLagSeconds: 0,
    loops: [],
  })
  const { orgId } = await givenOrganisation()
  await asWorker(async (db) => {
    await db.query(
      sql`insert into loop_run (name, finished_at, took_ms)
          values ('fold', now() - interval '10 min', 5), ('detect', now(), 5)`,
    )
    await db.query(sql`insert into ingest_batch (org_id, kind, row_count, min_at, max_at, received_at)
      values (${orgId}::uuid, 'heartbeat', 1, now(), now(), now() - interval '2 min')`)
  })
  const { status, body } = await ready()
  expect(status).toBe(200)
  expect(body.foldLagSeconds).toBeGreaterThanOrEqual(120)
  expect(body.loops.map(({ name }) => name)).toEqual(["detect", "fold"])
  expect(body.warnings).toEqual([
    expect.stringMatching(/^The oldest batch has waited 12\d s/),
    expect.stringMatching(/^The worker's loop fold last ended 60\d s ago/),
  ])
})

test("warns of every loop of the worker that has stopped, and of none that has just run", async () => {
  const names = [...rounds, ...upkeep].map(({ name }) => name)
  expect(names.toSorted()).toEqual(Object.keys(paces).toSorted())
  const stopped = async (ago: string) => {
    await asWorker((db) =>
      db.query(sql`insert into loop_run as r (name, finished_at, took_ms)
        select name, now() - ${ago}::interval, 5 from unnest(${names}::text[]) name
        on conflict (name) do update set finished_at = excluded.finished_at`),
    )
    return (await ready()).body.warnings.flatMap((text) => /loop (\w+) last/.exec(text)?.[1] ?? [])
  }
  expect(await stopped("1 s")).toEqual([])
  expect(await stopped("1 day")).toEqual(names.toSorted())
})

test("uses the sender's request id if it is valid, and puts it into problem documents", async () => {
  expect(requestIdOf("proxy-4f1c:77")).toBe("proxy-4f1c:77")
  for (const invalid of [
    undefined,
    ["a-header", "sent-twice"],
    "short",
    "with spaces in it",
    "x".repeat(65),
    "4111111111111111",
  ])
    expect(requestIdOf(invalid)).toMatch(/^[\da-f-]{36}$/)
  const response = await underRequestId("proxy-4f1c:77", () =>
    call(getTerminals, "/api/v1/terminals", { key: "tw_unknown" }),
  )
  expect(await response.json()).toMatchObject({ status: 401, requestId: "proxy-4f1c:77" })
})

test("is live but not ready without a database", async () => {
  await closeDatabase()
  vi.resetModules()
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
  const { GET } = await import("@/app/api/health/ready/route")
  expect(await ready(GET)).toMatchObject({
    status: 503,
    body: { reasons: ["The database does not answer."] },
  })
  expect(getLive().status).toBe(200)
  await closeDatabase()
})
