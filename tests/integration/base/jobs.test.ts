import { expect, test } from "vitest"
import { asOwner } from "@/lib/base/db/client"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { addJob } from "@/lib/base/jobs/add-job"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"

useDatabase()

const waiting = (key: string) =>
  asOwner(
    async (client) =>
      (await client.query("select 1 from graphile_worker.jobs where key = $1 and run_at <= now()", [key]))
        .rowCount,
  )

test("a job is due when its transaction commits, not before", async () => {
  const { orgId } = await givenOrganisation()
  const key = `recountStore ${orgId}`
  await inOrganisation(wholeOrganisation(orgId), async (db) => {
    await addJob(db, "recountStore", { orgId, storeId: 1 }, { key })
    expect(await waiting(key)).toBe(0)
  })
  expect(await waiting(key)).toBe(1)
})

test("a job of a failed transaction is never seen", async () => {
  const { orgId } = await givenOrganisation()
  const key = `recountStore ${orgId}`
  const failing = inOrganisation(wholeOrganisation(orgId), async (db) => {
    await addJob(db, "recountStore", { orgId, storeId: 1 }, { key })
    throw new Error("rolled back")
  })
  await expect(failing).rejects.toThrow("rolled back")
  expect(await waiting(key)).toBe(0)
})

test("an organisation cannot add a job for another", async () => {
  const [own, other] = [await givenOrganisation(), await givenOrganisation()]
  const adding = inOrganisation(wholeOrganisation(own.orgId), (db) =>
    addJob(db, "recountStore", { orgId: other.orgId, storeId: 1 }, { key: `recountStore ${other.orgId}` }),
  )
  await expect(adding).rejects.toThrow("own organisation")
})
