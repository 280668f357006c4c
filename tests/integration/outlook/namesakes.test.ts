import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { addWindow } from "@/lib/fleet/maintenance/change-windows"
import { listWindows } from "@/lib/fleet/maintenance/list-windows"
import { WindowDraft, WindowQuery } from "@/lib/fleet/maintenance/schemas"
import { recordTraining } from "@/lib/insight/trainings/change-trainings"
import { listTrainings } from "@/lib/insight/trainings/list-trainings"
import { TrainingDraft, TrainingQuery } from "@/lib/insight/trainings/schemas"
import { overview } from "@/lib/outlook/overview/overview"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"

useDatabase()

test("stores of the same name are told apart by their codes where no place is beside them", async () => {
  const { orgId, actor } = await givenOrganisation()
  const { storeId } = await givenStore(orgId, { name: "徐家汇店 | Xujiahui", code: "S1" })
  await givenStore(orgId, { name: "徐家汇店 | Xujiahui", code: "S2" })
  const { terminalId } = await givenTerminal(orgId, { storeId })
  await asWorker((db) =>
    db.query(sql`
      insert into flag (org_id, kind, rule, subject, terminal_id, store_id, status, since_at, opened_at,
        evaluated_at, reasons)
      values (${orgId}::uuid, 'replacement', 'self_check', '1', ${terminalId}::bigint, ${storeId}::bigint,
              'open', now(), now(), now(), '[]')`),
  )
  await recordTraining({
    actor,
    body: TrainingDraft.parse({ store: storeId, operator: null, subject: "Chip", heldOn: "2026-11-20" }),
  })
  await addWindow({
    actor,
    body: WindowDraft.parse({
      reason: "New router",
      place: { kind: "store", id: storeId },
      starts: "2099-12-01T22:00",
      ends: "2099-12-02T04:00",
    }),
  })
  const name = "徐家汇店 (S1) | Xujiahui (S1)"
  const { needs } = await overview({ actor, query: { range: "7d" } })
  expect(needs[0]?.newest[0]?.store).toMatchObject({ id: storeId, name })
  const trainings = await listTrainings({ actor, query: TrainingQuery.parse({}) })
  expect(trainings.data[0]?.store).toEqual({ id: storeId, name })
  const windows = await listWindows({ actor, query: WindowQuery.parse({}) })
  expect(windows.data[0]?.place).toEqual({ kind: "store", id: storeId, name })
})
