import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect } from "vitest"
import { POST as postPreview } from "@/app/api/v1/imports/[id]/preview/route"
import { GET as getOne } from "@/app/api/v1/imports/[id]/route"
import { POST as postStart } from "@/app/api/v1/imports/[id]/start/route"
import { POST as postUpload } from "@/app/api/v1/imports/route"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"
import { runImport } from "@/lib/intake/imports/runs/run-import"
import type { ImportDetail, Preview, RejectedRow } from "@/lib/intake/imports/runs/schemas"
import type { Organisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { rowsOf } from "@/tests/support/ingest"

/** Small files with known values, beside the repository. Not every checkout has them. */
const folder = join(process.cwd(), "../shared/cases")
const other = join(process.cwd(), "../../shared/cases")
export const casesFolder = existsSync(folder) ? folder : other
export const hasCases = existsSync(casesFolder)
export const caseOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(casesFolder, name)))

const answered = async <Answer>(response: Promise<Response>): Promise<Answer> => {
  const { status } = await response
  expect(status).toBe(200)
  return (await response).json() as Promise<Answer>
}

const about = (key: string, run: { id: string }, profile?: object) => ({
  key,
  method: profile ? "POST" : "GET",
  params: { id: run.id },
  ...(profile ? { body: JSON.stringify({ profile }) } : {}),
})

export const uploadFile = (org: Organisation, body: BodyInit, search = "fileName=file.csv") =>
  call(postUpload, `/api/v1/imports?${search}`, { key: org.ingestKey, body })
export const uploaded = (org: Organisation, body: BodyInit, search?: string) =>
  answered<ImportDetail>(uploadFile(org, body, search))
export const previewed = (org: Organisation, run: ImportDetail, given: Partial<RecordProfile> = {}) =>
  answered<Preview>(
    call(
      postPreview,
      `/api/v1/imports/${run.id}/preview`,
      about(org.ingestKey, run, { ...run.mapping, ...given }),
    ),
  )
export const started = (org: Organisation, run: ImportDetail, given: Partial<RecordProfile> = {}) =>
  call(postStart, `/api/v1/imports/${run.id}/start`, about(org.ingestKey, run, { ...run.mapping, ...given }))

export type Taken = { run: ImportDetail; rejected: RejectedRow[] }

/** Uploads a file, starts it with the suggested settings and `given`, and runs it to its end. */
export async function takenIn(
  org: Organisation,
  body: BodyInit,
  { search, ...given }: Partial<RecordProfile> & { search?: string } = {},
): Promise<Taken> {
  const run = await uploaded(org, body, search)
  await answered(started(org, run, given))
  const rejected: RejectedRow[] = []
  await runImport({
    orgId: org.orgId,
    importId: run.id,
    isLastAttempt: true,
    onRejected: (rows) => rejected.push(...rows),
  })
  const end = await answered<ImportDetail>(
    call(getOne, `/api/v1/imports/${run.id}`, about(org.ingestKey, run)),
  )
  expect(end.state).toBe("done")
  return { run: end, rejected }
}

export type Sale = {
  id: string
  at: Date
  terminal_id: number
  outcome: string
  code: string | null
  response_code_id: number | null
  amount_minor: number | null
  currency: string | null
  card_ref: string | null
}

export const salesOf = ({ orgId }: Organisation) => rowsOf<Sale>(orgId, "transaction")
