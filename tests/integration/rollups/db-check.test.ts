import { execFile } from "node:child_process"
import sql, { raw, type Sql } from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { foldAll, foldOnce } from "@/lib/rollups/fold/fold-once"
import { Random } from "@/lib/run/simulation/random"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { addBatch, givenBatch } from "@/tests/support/raw"
import { rollupsOf } from "@/tests/support/rollups"

useDatabase()

const zone = "Asia/Shanghai"
const today = localDay(new Date(), zone)
const day = addDays(today, -3)
const range = { from: addDays(day, -1), to: addDays(day, 3) }
const noon = Date.parse(`${day}T12:00:00+08:00`)
const at = (minutes: number) => new Date(noon + minutes * 60_000).toISOString()

/** Two stores with two terminals each. Beats and sales of three days around `day`, in pieces, some late. */
async function givenFleet(seed: number) {
  const { orgId, actor } = await givenOrganisation()
  const [name] = await asWorker((db) =>
    db.query<{ name: string }>(sql`select name from organisation where id = ${orgId}::uuid`),
  )
  const random = new Random("check", seed)
  const terminals: { terminalId: number; storeId: number }[] = []
  for (let i = 0; i < 2; i += 1) {
    const { storeId } = await givenStore(orgId)
    for (let j = 0; j < 2; j += 1) terminals.push(await givenTerminal(orgId, { storeId }))
  }
  const pieces = [-1440, -300, 0, -200, 300, 1440].map((start) =>
    terminals.map(({ terminalId }) => ({
      beats: Array.from({ length: 8 }, (_, i) => ({
        terminal_id: terminalId,
        at: at(start + i * 31 + random.below(9)),
        printer_lines: (3000 + start + i * 31) * 2,
        app: `5.${i}`,
        firmware: `3.${i}`,
        security_patch: `2026-10-0${i + 1}`,
        battery_health_pct: 90 - i,
        signal_dbm: -60.5 - i,
      })),
      sales: Array.from({ length: 10 }, (_, i) => ({
        terminal_id: terminalId,
        at: at(start + i * 2),
        id: `${start} ${i}`,
        outcome: ["approved", "declined", "failed"][random.below(3)],
        card_ref: `card ${random.below(2)}`,
        issuer_bin: `62220${random.below(2)}`,
        entry_mode: "chip",
        ...(random.below(9) === 0 ? { clock_offset_ms: 600_000 } : {}),
      })),
    })),
  )
  for (const piece of pieces) {
    await givenBatch(
      orgId,
      "heartbeat",
      piece.flatMap(({ beats }) => beats),
    )
    await givenBatch(
      orgId,
      "transaction",
      piece.flatMap(({ sales }) => sales),
    )
    await foldAll()
  }
  return { orgId, actor, name: name?.name ?? "", terminals }
}

/** Changes one row. On a cluster each group has a row of its own, its share. */
async function changeOne(db: Db, table: string, { change, where }: { change: Sql; where: Sql }) {
  const [one] = await db.query<{ key: number }>(
    sql`select min(group_key) as key from ${raw(table)} where ${where}`,
  )
  await db.query(sql`${change} where ${where} and group_key = ${one?.key}::bigint`)
}

type Ended = { code: number; out: string; err: string }

const command = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--import", "tsx", "lib/run/commands/check-rollups.ts", ...args],
      { env: { ...process.env, LOG_LEVEL: "silent" } },
      (error, out, err) => {
        resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err })
      },
    )
  })

const days = ["--from", range.from, "--to", range.to]

describe("db:check", () => {
  test("names the differences and exits with 1, repairs them, and then finds none", async () => {
    const {
      orgId,
      name,
      terminals: [first, second, third],
    } = await givenFleet(1)
    if (!first || !second || !third) throw new Error("the fleet has terminals")
    const right = await rollupsOf(orgId)
    expect(await checkRollups({ ...range, orgId, isRepair: false })).toEqual([])

    await asWorker(async (db) => {
      await db.query(
        sql`
          update terminal_day set presentments = presentments + 7
          where terminal_id = ${first.terminalId}::bigint and day = ${day}::date`,
      )
      await db.query(
        sql`delete from terminal_day where terminal_id = ${second.terminalId}::bigint and day = ${day}::date`,
      )
      await db.query(sql`
        insert into terminal_hour (terminal_id, hour, store_id, day, org_id, beats)
        values (${third.terminalId}::bigint, ${at(-660)}::timestamptz, ${third.storeId}::bigint,
          ${day}::date, ${orgId}::uuid, 3)`)
      const ofDay = sql`org_id = ${orgId}::uuid and day = ${day}::date`
      const ofFirst = sql`${ofDay} and store_id = ${first.storeId}::bigint`
      await changeOne(db, "segment_day", {
        change: sql`update segment_day set raw_failures = raw_failures + 1`,
        where: sql`${ofFirst} and dimension = 'issuer' and value = '622200' and cause = ''`,
      })
      await changeOne(db, "segment_day", {
        change: sql`update segment_day set presentments = 0`,
        where: sql`${ofDay} and store_id = 0 and dimension = 'entryMode' and cause = ''`,
      })
      await db.query(sql`
        insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause, presentments,
          failures, raw_attempts, raw_failures)
        values (${orgId}::uuid, ${third.storeId}::bigint, ${day}::date, 'issuer', '999999', '', '', 1, 0, 1,
          0)`)
      await changeOne(db, "place_day", {
        change: sql`update place_day set device = device + 1`,
        where: sql`${ofDay} and store_id = 0`,
      })
      await changeOne(db, "place_hour", {
        change: sql`delete from place_hour`,
        where: sql`${ofFirst} and hour = date_trunc('hour', ${at(0)}::timestamptz)`,
      })
      await db.query(
        sql`
          update terminal_state set last_beat_at = ${at(0)}::timestamptz
          where terminal_id = ${first.terminalId}::bigint`,
      )
    })

    const found = await command(...days, "--org", name)
    expect(found.code).toBe(1)
    for (const expected of [
      new RegExp(
        `terminal_day \\(terminal_id ${first.terminalId}, day ${day}, store_id ${first.storeId}\\) ` +
          "presentments: stored \\d+, recounted \\d+",
      ),
      new RegExp(
        `terminal_day \\(terminal_id ${second.terminalId}, .*\\) row: stored nothing, recounted there`,
      ),
      new RegExp(
        `terminal_hour \\(terminal_id ${third.terminalId}, .*\\) row: stored there, recounted nothing`,
      ),
      new RegExp(`segment_day \\(store_id ${first.storeId}, .* value 622200, .*\\) raw_failures: stored`),
      /segment_day \(store_id 0, .* dimension entryMode, .*\) presentments: stored 0, recounted/,
      /segment_day \(.* value 999999, .*\) row: stored there, recounted nothing/,
      new RegExp(`place_day \\(store_id 0, day ${day}\\) device: stored \\d+, recounted \\d+`),
      new RegExp(`place_hour \\(store_id ${first.storeId}, .*\\) row: stored nothing, recounted there`),
      new RegExp(`terminal_state \\(terminal_id ${first.terminalId}\\) last_beat_at`),
      /^terminal_day: 2 differences$/m,
      /^terminal_hour: 1 differences$/m,
      /^segment_day: 3 differences$/m,
      /^place_day: 1 differences$/m,
      /^place_hour: 1 differences$/m,
      /^terminal_state: 1 differences$/m,
    ])
      expect(found.out).toMatch(expected)
    expect(found.err).toContain(`${name}, ${day}: `)

    expect(await command(...days, "--org", name, "--repair")).toMatchObject({
      code: 0,
      out: expect.stringContaining("repaired") as string,
    })
    expect(await rollupsOf(orgId)).toEqual(right)
    // The fold continues from the repaired values.
    await givenBatch(orgId, "heartbeat", [
      { terminal_id: first.terminalId, at: at(2000), printer_lines: 20_000 },
    ])
    await givenBatch(orgId, "transaction", [
      { terminal_id: first.terminalId, at: at(2000), id: "after", outcome: "approved" },
    ])
    await foldAll()
    expect(await checkRollups({ ...range, orgId, isRepair: false })).toEqual([])
  })

  test("reports no difference while rows arrive, are folded and get new codes", async () => {
    const { orgId, terminals } = await givenFleet(2)
    const ids = terminals.map(({ terminalId }) => terminalId)
    await rebook(orgId, ids, sql`code_system = 'bank', code = '77' where t.outcome = 'declined'`)
    let isOver = false
    const sending = (async () => {
      for (let i = 0; !isOver; i += 1) {
        const { terminalId } = terminals[i % terminals.length] ?? { terminalId: 0 }
        await givenBatch(orgId, "transaction", [
          {
            terminal_id: terminalId,
            at: at(i % 2 === 0 ? 500 + i : -500 - i),
            id: `live ${i}`,
            outcome: "declined",
            card_ref: "c",
          },
        ])
        await givenBatch(orgId, "heartbeat", [
          { terminal_id: terminalId, at: at(i % 3 === 0 ? -500 - i : 500 + i), printer_lines: i },
        ])
        if (i % 3 === 0) await foldOnce()
        // Half of the rows wait to be counted with their new code.
        if (i % 8 === 7) await rebook(orgId, ids, mapped)
      }
    })()
    const found = []
    for (let round = 0; round < 2; round += 1)
      found.push(...(await checkRollups({ from: day, to: addDays(day, 1), orgId, isRepair: false })))
    isOver = true
    await sending
    expect(found).toEqual([])
  })

  test("does not name what was not counted yet on a day", async () => {
    const { orgId } = await givenFleet(3)
    await asWorker(async (db) => {
      await db.query(
        sql`update terminal_hour set battery_health_min_pct = null where org_id = ${orgId}::uuid`,
      )
      await db.query(sql`
        update terminal_day set battery_health_min_pct = null, signal_squares = null, reset_counters = null,
               firmware_release = null, security_patch_release = null
         where org_id = ${orgId}::uuid`)
    })
    const versions = ["firmware_release", "security_patch_release"]
    const wrong = async () =>
      new Set((await checkRollups({ ...range, orgId, isRepair: false })).map(({ column }) => column))
    expect(await wrong()).toEqual(
      new Set(["battery_health_min_pct", "signal_squares", "reset_counters", ...versions]),
    )
    const countedFrom = (column: string) =>
      asWorker((db) =>
        db.query(sql`update organisation set ${raw(column)} = ${range.to}::date where id = ${orgId}::uuid`),
      )
    await countedFrom("battery_health_from")
    expect(await wrong()).toEqual(new Set(["signal_squares", "reset_counters", ...versions]))
    await countedFrom("wear_from")
    expect(await wrong()).toEqual(new Set(versions))
    await countedFrom("versions_from")
    expect(await wrong()).toEqual(new Set())
  })

  test("refuses a day without raw rows and names the oldest day that can be checked", async () => {
    const { orgId } = await givenOrganisation()
    const oldest = new Date(Date.now() - 35 * 86_400_000).toISOString().slice(0, 10)
    await expect(
      checkRollups({ from: addDays(oldest, -1), to: today, orgId, isRepair: false }),
    ).rejects.toThrow(`from ${oldest} on: earlier raw rows are not kept`)
    expect(await checkRollups({ from: oldest, to: addDays(oldest, 1), orgId, isRepair: false })).toEqual([])
    await asWorker((db) =>
      db.query(
        sql`
          update organisation
          set raw_deleted_from = now() - interval '90 days',
              raw_deleted_before = ${addDays(oldest, -10)}::date where id = ${orgId}::uuid`,
      ),
    )
    await expect(checkRollups({ from: oldest, to: today, orgId, isRepair: false })).rejects.toThrow(
      `from ${addDays(oldest, 7)} on:`,
    )
  })

  test("prints its usage if no range is given", async () => {
    expect(await command("--from", day)).toMatchObject({
      code: 1,
      err: expect.stringContaining("npm run db:check --") as string,
    })
  })
})

const mapped = sql`response_code_id = (select min(id) from response_code where code = '51')
  where t.outcome = 'declined' and t.terminal_id % 2 = 0`

/** Changes sales and moves them to a waiting batch, as mapping a code does. */
const rebook = (orgId: string, terminalIds: readonly number[], change: Sql) =>
  asWorker(async (db) => {
    const [from, to] = [new Date(at(-2000)), new Date(at(4000))]
    const receivedAt = new Date()
    const id = await addBatch(db, { orgId, kind: "transaction", terminalIds, from, to, receivedAt })
    await db.query(sql`
      update transaction t set batch_id = ${id}::bigint, ${change} and t.org_id = ${orgId}::uuid`)
  })
