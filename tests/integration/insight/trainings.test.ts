import { expect, test } from "vitest"
import { recordTraining, removeTraining } from "@/lib/insight/trainings/change-trainings"
import { listTrainings } from "@/lib/insight/trainings/list-trainings"
import { TrainingDraft, TrainingQuery } from "@/lib/insight/trainings/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore } from "@/tests/support/factories"
import { givenSegments, utcDay } from "@/tests/support/failure-rates"

useDatabase()

/** A cashier by whose hand 8 of 100 sales fail before the training ten days ago, and 2 of 200 after it. */
async function givenCashier() {
  const { orgId, actor } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  const { storeId: other } = await givenStore(orgId)
  const sales = (operator: string, back: number, failed: number, cause = "operator") => {
    const row = {
      store_id: storeId,
      day: utcDay(back),
      dimension: "operator",
      value: `${storeId}:${operator}`,
    }
    return [
      { ...row, n: 100 - failed },
      { ...row, n: failed, failed, cause, subcause: "card_removed_early" },
    ]
  }
  await givenSegments(orgId, [
    ...sales("01", 12, 8),
    ...sales("01", 8, 2),
    ...sales("01", 10, 50),
    ...sales("01", 50, 90),
    ...sales("01", 7, 3, "card"),
    ...sales("02", 12, 1),
  ])
  return { actor, storeId, other }
}

test("a training shows the rate before and after it, of a cashier or of the whole store", async () => {
  const { actor, storeId, other } = await givenCashier()
  const record = (operator: string | null) =>
    recordTraining({
      actor,
      body: TrainingDraft.parse({ store: storeId, operator, subject: "Chip first", heldOn: utcDay(10) }),
    })
  expect(await record("01")).toMatchObject({
    before: { attempts: 100, failures: 8, rate: 0.08 },
    after: { attempts: 200, failures: 2, rate: 0.01 },
  })
  const all = await record(null)
  expect(all).toMatchObject({ operator: null, before: { attempts: 200, failures: 9 } })

  const list = (of = actor) => listTrainings({ actor: of, query: TrainingQuery.parse({}) })
  expect((await list()).data.map(({ operator }) => operator)).toEqual([null, "01"])
  const limited = { ...actor, stores: [other] }
  expect((await list(limited)).data).toEqual([])
  await expect(removeTraining({ actor: limited, params: { id: all.id } })).rejects.toThrow("no such training")
  await removeTraining({ actor, params: { id: all.id } })
  expect((await list()).data).toHaveLength(1)
})
