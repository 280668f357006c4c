import { gunzipSync } from "node:zlib"
import fc from "fast-check"
import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { POST as postPreview } from "@/app/api/v1/imports/[id]/preview/route"
import { POST as postUpload } from "@/app/api/v1/imports/route"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { cases, pans, bytes, cell } from "@/tests/support/odd-bodies"

useDatabase()

const sheet = fc
  .tuple(
    fc.array(fc.constantFrom("终端号", "交易时间", "交易金额", "卡号", "应答码", "参考号", "=a", '"b', ""), {
      minLength: 1,
      maxLength: 7,
    }),
    fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 6 }),
    fc.constantFrom(",", ";", "\t"),
  )
  .map(([header, rows, delimiter]) =>
    Buffer.from([header, ...rows].map((row) => row.join(delimiter)).join("\n")),
  )

const file = fc.oneof(
  { weight: 3, arbitrary: sheet },
  { weight: 1, arbitrary: bytes },
  { weight: 1, arbitrary: bytes.map((rest) => Buffer.concat([Buffer.from("504b0304", "hex"), rest])) },
)

test("any uploaded file gets a documented answer and stores no card number", async () => {
  const { orgId, ingestKey: key } = await givenOrganisation()
  await fc.assert(
    fc.asyncProperty(file, async (body) => {
      const response = await call(postUpload, "/api/v1/imports?fileName=a.csv", {
        key,
        body: new Uint8Array(body),
      })
      expect([200, 413, 415, 422]).toContain(response.status)
      if (response.status !== 200) return
      const { id, mapping } = (await response.json()) as { id: string; mapping: object }
      const { status } = await call(postPreview, `/api/v1/imports/${id}/preview`, {
        key,
        body: JSON.stringify({ profile: mapping }),
        params: { id },
      })
      expect([200, 422]).toContain(status)
    }),
    { numRuns: Math.ceil(cases / 10), endOnFailure: true },
  )
  const chunks = await asWorker((db) =>
    db.query<{ bytes: Buffer }>(sql`select bytes from import_chunk where org_id = ${orgId}::uuid`),
  )
  const runs = await asWorker((db) => db.query(sql`select * from import_run where org_id = ${orgId}::uuid`))
  const text = chunks.map((chunk) => gunzipSync(chunk.bytes).toString("utf8")).join("") + JSON.stringify(runs)
  for (const number of pans) expect(text).not.toContain(number)
}, 600_000)
