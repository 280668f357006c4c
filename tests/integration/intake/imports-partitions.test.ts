import { once } from "node:events"
import { connect, createServer, type AddressInfo } from "node:net"
import { Readable } from "node:stream"
import sql from "sql-template-tag"
import { afterAll, beforeAll, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { loadProfile } from "@/lib/intake/imports/mapping/load-profile"
import { runImport } from "@/lib/intake/imports/runs/run-import"
import { queueImport } from "@/lib/intake/imports/runs/start-import"
import { uploadImport } from "@/lib/intake/imports/runs/upload-import"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, type Organisation } from "@/tests/support/factories"

useDatabase()

let connections = 0
const counter = createServer((socket) => {
  connections += 1
  const { hostname, port } = new URL(process.env["DATABASE_URL"] ?? "")
  const onward = connect(Number(port), hostname)
  for (const end of [socket, onward]) end.on("error", () => undefined)
  socket.pipe(onward).pipe(socket)
})

beforeAll(async () => {
  await once(counter.listen(0, "127.0.0.1"), "listening")
  const url = new URL(process.env["DATABASE_URL"] ?? "")
  url.hostname = "127.0.0.1"
  url.port = String((counter.address() as AddressInfo).port)
  process.env["DATABASE_OWNER_URL"] = url.toString()
})
afterAll(() => {
  counter.close()
})

/** Imports 3,500 sales from `first` on, in four slices. Returns how often the owner connected. */
async function ownerConnections({ actor, orgId }: Organisation, first: Date): Promise<number> {
  const lines = Array.from(
    { length: 3_500 },
    (_, i) => `T1,${new Date(first.getTime() + i * 1_000).toISOString()},${i},approved`,
  )
  const body = Readable.from([Buffer.from(["terminal,at,id,outcome", ...lines].join("\n"))])
  const { id } = await uploadImport({ actor, fileName: "sales.csv", body })
  await queueImport({ actor, importId: id, profile: await loadProfile("transactions") })
  const before = connections
  expect(await runImport({ orgId, importId: id })).toMatchObject({ accepted: 3_500 })
  return connections - before
}

test("an import connects as the owner once for missing partitions, and otherwise never", async () => {
  const organisation = await givenOrganisation()
  const yesterday = new Date(Date.now() - 86_400_000)
  expect(await ownerConnections(organisation, new Date("2019-05-04T08:00:00Z"))).toBe(1)
  expect(await ownerConnections(organisation, new Date("2019-06-04T08:00:00Z"))).toBe(0)
  expect(await ownerConnections(organisation, yesterday)).toBe(0)
  const [count] = await asWorker((db) =>
    db.query<{ sales: number }>(
      sql`select count(*) as sales from transaction where org_id = ${organisation.orgId}::uuid`,
    ),
  )
  expect(count?.sales).toBe(10_500)
})
