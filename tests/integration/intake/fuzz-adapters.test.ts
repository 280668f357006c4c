import fc from "fast-check"
import { expect, test } from "vitest"
import { POST as postVendor } from "@/app/api/v1/adapters/[vendor]/route"
import { vendors } from "@/lib/intake/adapters/adapters"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { cases, pans, strange, time, terminal, stored } from "@/tests/support/odd-bodies"

useDatabase()

const vendorNames = fc.constantFrom(
  "serialNo",
  "serialNumber",
  "serial_number",
  "modelName",
  "tid",
  "lastAccessTime",
  "time",
  "timezone",
  "battery",
  "network",
  "totalStorageUsage",
  "totalStorage",
  "lastActivityAt",
  "assignment",
  "last_seen_at",
  "batteryLevel",
  "action",
  "object",
  "data",
  "SaleToPOIRequest",
  "SaleToPOIResponse",
  "MessageHeader",
  "pageInfo",
  "dataSet",
  "__proto__",
)

const vendorRecord = fc.dictionary(
  vendorNames,
  fc.oneof(strange, time, terminal, fc.dictionary(vendorNames, strange, { maxKeys: 3 })),
  { maxKeys: 6, noNullPrototype: true },
)

const vendorBody = fc.oneof(
  fc.array(vendorRecord, { maxLength: 4 }).map((records) => JSON.stringify(records)),
  fc
    .array(vendorRecord, { minLength: 1, maxLength: 4 })
    .map((records) => records.map((one) => JSON.stringify(one)).join("\n")),
  vendorRecord.map((one) => JSON.stringify({ data: [one], pageInfo: { dataSet: [one] } })),
  fc.tuple(vendorRecord, fc.nat()).map(([one, at]) => JSON.stringify(one).slice(0, at % 40)),
)

test("any vendor body gets a documented answer and stores no card number", async () => {
  const { orgId, ingestKey: key } = await givenOrganisation()
  await fc.assert(
    fc.asyncProperty(vendorBody, fc.constantFrom(...vendors), async (body, vendor) => {
      const { status } = await call(postVendor, `/api/v1/adapters/${vendor}`, {
        key,
        body,
        params: { vendor },
      })
      expect([200, 413, 422]).toContain(status)
    }),
    { numRuns: Math.ceil(cases / 3), endOnFailure: true },
  )
  const text = await stored(orgId)
  for (const number of pans) expect(text).not.toContain(number)
}, 600_000)
