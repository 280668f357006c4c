import { runOnce } from "graphile-worker"
import { expect } from "vitest"
import { POST as postDryRun } from "@/app/api/v1/imports/[id]/dry-run/route"
import { GET as getResultPage } from "@/app/api/v1/imports/[id]/results/route"
import { GET as getOne } from "@/app/api/v1/imports/[id]/route"
import { POST as postStart } from "@/app/api/v1/imports/[id]/start/route"
import { POST as postUpload } from "@/app/api/v1/imports/route"
import { asWorker } from "@/lib/base/db/transaction"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"
import type { ImportDetail, ImportRun, ResultPage } from "@/lib/intake/imports/runs/schemas"
import { queueOptions } from "@/lib/run/jobs/queue-options"
import { tasks } from "@/lib/run/jobs/tasks"
import { givenKey, givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"

export type Fleet = { orgId: string; key: string }

export async function givenFleet(): Promise<Fleet> {
  const { orgId } = await givenOrganisation()
  return { orgId, key: await asWorker((db) => givenKey(db, orgId, ["ingest", "write"])) }
}

export const jsonOf = async <Answer>(response: Promise<Response>): Promise<Answer> => {
  const { status } = await response
  expect(status).toBe(200)
  return (await response).json() as Promise<Answer>
}
export const upload = ({ key }: Fleet, lines: string[]) =>
  jsonOf<ImportDetail>(
    call(postUpload, "/api/v1/imports?fileName=terminals.csv", { key, body: `${lines.join("\n")}\n` }),
  )
export const about = ({ key }: Fleet, { id }: { id: string }, body?: object) => ({
  key,
  method: "POST",
  params: { id },
  ...(body ? { body: JSON.stringify(body) } : {}),
})
const profileOf = (run: ImportDetail, more: Partial<RecordProfile> = {}) => ({
  profile: { ...run.mapping, ...more },
})
export const start = (fleet: Fleet, run: ImportDetail, more: Partial<RecordProfile> = {}) =>
  call(postStart, `/api/v1/imports/${run.id}/start`, about(fleet, run, profileOf(run, more)))
export const dryRun = (fleet: Fleet, run: ImportDetail, more: Partial<RecordProfile> = {}) =>
  call(postDryRun, `/api/v1/imports/${run.id}/dry-run`, about(fleet, run, profileOf(run, more)))
export const state = ({ key }: Fleet, { id }: { id: string }) =>
  jsonOf<ImportDetail>(call(getOne, `/api/v1/imports/${id}`, { key, params: { id } }))
export const results = ({ key }: Fleet, { id }: { id: string }, search = "") =>
  jsonOf<ResultPage>(call(getResultPage, `/api/v1/imports/${id}/results${search}`, { key, params: { id } }))
export const work = () => runOnce({ ...queueOptions(), taskList: tasks })

export async function imported(fleet: Fleet, lines: string[], more: Partial<RecordProfile> = {}) {
  const run = await upload(fleet, lines)
  await jsonOf<ImportRun>(start(fleet, run, more))
  await work()
  const done = await state(fleet, run)
  expect(done).toMatchObject({ state: "done", error: null })
  return { ...(await results(fleet, run)), run: done }
}
export const outcomes = ({ data }: ResultPage) => data.map(({ outcome }) => outcome)
export const refusals = ({ data }: ResultPage) =>
  data.flatMap(({ line, refusal }) =>
    refusal ? [{ line, code: refusal.code, field: refusal.field, other: refusal.other }] : [],
  )
