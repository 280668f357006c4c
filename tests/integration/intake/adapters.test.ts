import { gzipSync } from "node:zlib"
import { describe, expect, test } from "vitest"
import { POST } from "@/app/api/v1/adapters/[vendor]/route"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { rowsOf } from "@/tests/support/ingest"
import { post, inventory, hourAgo } from "@/tests/support/vendor-records"

useDatabase()

const reader = {
  object: "terminal.reader",
  id: "tmr_1",
  serial_number: "WSC51",
  device_type: "bbpos_wisepos_e",
  location: "tml_1",
  last_seen_at: hourAgo,
  livemode: true,
}

describe("a vendor's record", () => {
  test("becomes a heartbeat and inventory, and names unused fields; sent again it adds nothing", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    expect(await post(ingestKey, "stripe", JSON.stringify(reader))).toMatchObject({
      accepted: 1,
      duplicates: 0,
      rejected: 0,
      inventoryUpdated: 1,
      inventoryOnly: [],
      ignored: ["id", "livemode"],
    })
    expect(await post(ingestKey, "stripe", JSON.stringify(reader))).toMatchObject({
      accepted: 0,
      duplicates: 1,
      rejected: 0,
    })
    expect(await inventory(orgId)).toEqual([
      { serial: "WSC51", model: "bbpos_wisepos_e", store: "tml_1", tid: null },
    ])
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ at: new Date(hourAgo) }])
  })

  test("is accepted in a page, as lines and gzipped", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const readers = [1, 2, 3].map((n) => ({ ...reader, serial_number: `R${n}` }))
    expect(await post(ingestKey, "stripe", JSON.stringify({ object: "list", data: readers }))).toMatchObject({
      accepted: 3,
    })
    expect(
      await post(ingestKey, "stripe", readers.map((one) => JSON.stringify(one)).join("\n"), {
        "content-type": "application/x-ndjson",
      }),
    ).toMatchObject({ duplicates: 3 })
    expect(
      await post(ingestKey, "stripe", gzipSync(JSON.stringify({ data: readers })), {
        "content-encoding": "gzip",
      }),
    ).toMatchObject({ duplicates: 3 })
    expect(await rowsOf(orgId, "heartbeat")).toHaveLength(3)
  })

  test("without a time, or with an old one, updates inventory and makes no heartbeat", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { last_seen_at: _seen, ...unseen } = reader
    const answer = await post(
      ingestKey,
      "stripe",
      JSON.stringify({
        data: [unseen, { ...reader, serial_number: "OLD", last_seen_at: Date.parse("2020-01-01") }],
      }),
    )
    expect(answer).toMatchObject({ accepted: 0, rejected: 0, inventoryUpdated: 2, inventoryOnly: [0, 1] })
    expect((await inventory(orgId)).map(({ serial }) => serial)).toEqual(["OLD", "WSC51"])
    expect(await rowsOf(orgId, "heartbeat")).toEqual([])
  })

  test("of the wrong shape is refused with its field and kept; the others are accepted", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const answer = await post(
      ingestKey,
      "stripe",
      JSON.stringify({ data: [{ ...reader, serial_number: undefined }, reader] }),
    )
    expect(answer).toMatchObject({
      accepted: 1,
      rejected: 1,
      errors: [
        {
          index: 0,
          code: "invalid",
          field: "serial_number",
          message: expect.stringContaining("serial_number") as string,
        },
      ],
    })
    expect(await rowsOf(orgId, "quarantine")).toMatchObject([
      { code: "invalid", record: expect.stringContaining("tmr_1") as string },
    ])
  })

  test("with characters that PostgreSQL cannot store is refused and kept", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    expect(
      await post(ingestKey, "stripe", JSON.stringify({ ...reader, serial_number: "WSC\0" })),
    ).toMatchObject({ rejected: 1, errors: [{ code: "invalid" }] })
    expect(await rowsOf(orgId, "quarantine")).toHaveLength(1)
  })

  test("with a card number is refused and kept masked", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    expect(
      await post(ingestKey, "stripe", JSON.stringify({ ...reader, device_type: "4111111111111111" })),
    ).toMatchObject({ rejected: 1, errors: [{ code: "pan_suspected" }] })
    expect(JSON.stringify(await rowsOf(orgId, "quarantine"))).not.toContain("4111111111111111")
    expect(await inventory(orgId)).toEqual([])
  })

  test("of an unknown terminal is kept if the organisation does not enrol unknown terminals", async () => {
    const { orgId, ingestKey } = await givenOrganisation({ enrolUnknown: false })
    expect(await post(ingestKey, "stripe", JSON.stringify(reader))).toMatchObject({
      accepted: 0,
      rejected: 1,
      inventoryUpdated: 0,
      errors: [{ code: "unknown_terminal" }],
    })
    expect(await inventory(orgId)).toEqual([])
  })
})

test("refuses a read key, an unknown vendor and invalid JSON", async () => {
  const { readKey, ingestKey } = await givenOrganisation()
  const status = async (key: string, vendor: string, body: string) =>
    (await call(POST, `/api/v1/adapters/${vendor}`, { key, body, params: { vendor } })).status
  expect(await status(readKey, "stripe", "{}")).toBe(403)
  expect(await status(ingestKey, "verifone", "{}")).toBe(422)
  expect(await status(ingestKey, "stripe", "{")).toBe(422)
  expect(await status(ingestKey, "stripe", "")).toBe(422)
})
