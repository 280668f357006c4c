import { runOnce } from "graphile-worker"
import { expect } from "vitest"
import { POST as postPreview } from "@/app/api/v1/imports/[id]/preview/route"
import { GET as getRejected } from "@/app/api/v1/imports/[id]/rejected/route"
import { GET as getOne } from "@/app/api/v1/imports/[id]/route"
import { POST as postStart } from "@/app/api/v1/imports/[id]/start/route"
import { POST as postUpload } from "@/app/api/v1/imports/route"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import type { ImportDetail, ImportRun, Preview } from "@/lib/intake/imports/runs/schemas"
import { queueOptions } from "@/lib/run/jobs/queue-options"
import { tasks } from "@/lib/run/jobs/tasks"
import { type Organisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { rowsOf } from "@/tests/support/ingest"

export const jsonOf = async <Answer>(response: Promise<Response>): Promise<Answer> => {
  const { status } = await response
  expect(status).toBe(200)
  return (await response).json() as Promise<Answer>
}

export const upload = ({ ingestKey }: Organisation, body: BodyInit, search = "fileName=sales.csv") =>
  call(postUpload, `/api/v1/imports?${search}`, { key: ingestKey, body })

export const uploaded = (org: Organisation, body: BodyInit, search?: string) =>
  jsonOf<ImportDetail>(upload(org, body, search))

export const about = ({ ingestKey }: Organisation, { id }: { id: string }, body?: object) => ({
  key: ingestKey,
  method: "POST",
  params: { id },
  ...(body ? { body: JSON.stringify(body) } : {}),
})

export const preview = (org: Organisation, run: { id: string }, profile: Profile | null) =>
  jsonOf<Preview>(call(postPreview, `/api/v1/imports/${run.id}/preview`, about(org, run, { profile })))

export const start = (org: Organisation, run: { id: string }, profile: Profile | null) =>
  call(postStart, `/api/v1/imports/${run.id}/start`, about(org, run, { profile }))

export const state = (org: Organisation, { id }: { id: string }) =>
  jsonOf<ImportDetail>(call(getOne, `/api/v1/imports/${id}`, { key: org.ingestKey, params: { id } }))

export const rejectedOf = (org: Organisation, { id }: { id: string }) =>
  call(getRejected, `/api/v1/imports/${id}/rejected`, { key: org.ingestKey, params: { id } })

export const work = () => runOnce({ ...queueOptions(), taskList: tasks })

/** Uploads a file, starts it with the suggested mapping and runs the worker. */
export async function imported(org: Organisation, body: BodyInit, search?: string): Promise<ImportDetail> {
  const run = await uploaded(org, body, search)
  await jsonOf<ImportRun>(start(org, run, run.mapping))
  await work()
  return state(org, run)
}

type Sale = {
  id: string
  at: Date
  outcome: string
  code: string | null
  card_ref: string | null
  amount_minor: number | null
  code_system: string | null
  operator: string | null
}

export const salesOf = ({ orgId }: Organisation) => rowsOf<Sale>(orgId, "transaction")

export const header = "终端号,交易时间,交易金额,卡号,应答码,参考号,操作员"

const minute = (i: number) =>
  new Date(Date.UTC(2026, 4, 4, 1, i)).toISOString().slice(0, 19).replace("T", " ")

const saleLine = (i: number) => {
  const code = i % 10 === 0 ? "51" : "00"
  return `1000000${i % 3},${minute(i)},12.50,622848******1234,${code},${600_000_000_000 + i},01`
}

export const sales = (count: number) =>
  `${header}\n${Array.from({ length: count }, (_, i) => saleLine(i)).join("\n")}\n`

export const pan = "6212345678901232"
