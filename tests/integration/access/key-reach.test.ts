import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as postVendor } from "@/app/api/v1/adapters/[vendor]/route"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import {
  answerOf,
  heartbeats,
  heartbeatsOnce,
  lines,
  minutesAgo,
  rowsOf,
  transactions,
} from "@/tests/support/ingest"
import { givenAdmin, createdKey } from "@/tests/support/keys"

useDatabase()

describe("a key limited to a store", () => {
  async function givenLimited() {
    const org = await givenAdmin()
    const [own, other] = [await givenStore(org.orgId), await givenStore(org.orgId)]
    const { key } = await createdKey(org.admin.headers, {
      scopes: ["ingest", "read"],
      reach: { stores: [own.storeId] },
    })
    return {
      ...org,
      key,
      own,
      other,
      ownTerminal: await givenTerminal(org.orgId, own),
      otherTerminal: await givenTerminal(org.orgId, other),
    }
  }

  test("sends records of that store's terminals only, and enrols none", async () => {
    const { orgId, key, own, ownTerminal, otherTerminal } = await givenLimited()
    const beats = [
      { terminal: ownTerminal.serial, at: minutesAgo(3) },
      { terminal: otherTerminal.serial, at: minutesAgo(3) },
      { terminal: otherTerminal.tid, at: minutesAgo(2) },
      { terminal: "SN-STRANGER", store: own.code, at: minutesAgo(3) },
    ]
    const answer = await answerOf(await heartbeats({ key, body: lines(beats) }))
    expect(answer).toMatchObject({
      accepted: 1,
      rejected: 3,
      errors: [
        { index: 1, code: "unknown_terminal" },
        { index: 2, code: "unknown_terminal" },
        { index: 3, code: "unknown_terminal" },
      ],
    })
    const sale = { at: minutesAgo(3), id: "1", outcome: "approved" }
    expect(
      await answerOf(
        await transactions({
          key,
          body: lines([
            { ...sale, terminal: ownTerminal.tid },
            { ...sale, terminal: otherTerminal.tid },
          ]),
        }),
      ),
    ).toMatchObject({ accepted: 1, rejected: 1 })
    expect(await rowsOf<{ terminal_id: number }>(orgId, "heartbeat")).toMatchObject([
      { terminal_id: ownTerminal.terminalId },
    ])
    const terminals = await asWorker((db) =>
      db.query<{ count: number }>(
        sql`select count(*)::int as count from terminal where org_id = ${orgId}::uuid`,
      ),
    )
    expect(terminals).toEqual([{ count: 2 }])
  })

  test("is not affected by what others send at the same moment", async () => {
    const { key, ingestKey, ownTerminal, otherTerminal } = await givenLimited()
    const one = (sender: string, terminal: string, i: number) =>
      heartbeatsOnce({ key: sender, body: lines([{ terminal, at: minutesAgo(10 + i) }]) }).then(answerOf)
    const sent = await Promise.all(
      Array.from({ length: 12 }, (_, i) => [
        one(key, otherTerminal.serial, i),
        one(ingestKey, otherTerminal.serial, 100 + i),
        one(key, ownTerminal.serial, i),
        one(key, `SN-NEW-${i}`, i),
        one(ingestKey, `SN-NEW-${i}`, 100 + i),
      ]).flat(),
    )
    expect(sent.map(({ accepted }) => accepted)).toEqual(
      Array.from({ length: 12 }, () => [0, 1, 1, 0, 1]).flat(),
    )
  })

  test("loses access to a terminal that moves away", async () => {
    const { orgId, key, other, ownTerminal } = await givenLimited()
    await asWorker(async (db) => {
      await db.query(
        sql`update terminal_store set to_at = now() where terminal_id = ${ownTerminal.terminalId}::bigint`,
      )
      await db.query(
        sql`
          insert into terminal_store (org_id, terminal_id, store_id, from_at)
          values (${orgId}::uuid, ${ownTerminal.terminalId}::bigint, ${other.storeId}::bigint, now())`,
      )
    })
    expect(
      await answerOf(
        await heartbeats({ key, body: lines([{ terminal: ownTerminal.serial, at: minutesAgo(1) }]) }),
      ),
    ).toMatchObject({ accepted: 0, rejected: 1 })
  })

  test("sees only that store's terminals, and cannot send vendors' JSON", async () => {
    const { key, ownTerminal } = await givenLimited()
    expect(await (await call(getTerminals, "/api/v1/terminals", { key })).json()).toMatchObject({
      total: 1,
      data: [{ serial: ownTerminal.serial }],
    })
    expect(
      (await call(postVendor, "/api/v1/adapters/stripe", { key, body: "{}", params: { vendor: "stripe" } }))
        .status,
    ).toBe(403)
  })
})
