import sql from "sql-template-tag"
import { expect } from "vitest"
import { POST as postReplay } from "@/app/api/v1/quarantine/[id]/replay/route"
import { GET as getOne } from "@/app/api/v1/quarantine/[id]/route"
import { POST as postReplayAll } from "@/app/api/v1/quarantine/replay/route"
import { GET as getList } from "@/app/api/v1/quarantine/route"
import { asWorker } from "@/lib/base/db/transaction"
import type {
  QuarantinedRecord,
  QuarantinePage,
  Replayed,
  ReplayedRecord,
} from "@/lib/intake/quarantine/schemas"
import { givenOrganisation, givenTerminal, type Organisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { heartbeatsOnce, lines, rowsOf, type Kept } from "@/tests/support/ingest"

export const jsonOf = async <Answer>(response: Promise<Response>): Promise<Answer> => {
  const { status, ok } = await response
  expect({ status, ok }).toMatchObject({ ok: true })
  return (await response).json() as Promise<Answer>
}

export const list = ({ readKey }: Organisation, search = "") =>
  jsonOf<QuarantinePage>(call(getList, `/api/v1/quarantine${search}`, { key: readKey }))

export const one = ({ readKey }: Organisation, id: number) =>
  jsonOf<QuarantinedRecord>(
    call(getOne, `/api/v1/quarantine/${id}`, { key: readKey, params: { id: String(id) } }),
  )

export const replayResponse = ({ ingestKey }: Organisation, id: number, body = "") =>
  call(postReplay, `/api/v1/quarantine/${id}/replay`, {
    method: "POST",
    key: ingestKey,
    body,
    params: { id: String(id) },
  })

export const replay = (org: Organisation, id: number, record?: object) =>
  jsonOf<ReplayedRecord>(replayResponse(org, id, record === undefined ? "" : JSON.stringify({ record })))

export const replayAll = ({ ingestKey }: Organisation, search = "") =>
  jsonOf<Replayed>(
    call(postReplayAll, `/api/v1/quarantine/replay${search}`, { method: "POST", key: ingestKey }),
  )

export const send = ({ ingestKey }: Organisation, ...records: object[]) =>
  heartbeatsOnce({ key: ingestKey, body: lines(records) })

export const kept = ({ orgId }: Organisation) =>
  rowsOf<Kept & { correction: string | null }>(orgId, "quarantine")

export const strict = () => givenOrganisation({ enrolUnknown: false })

/** An organisation with one record in quarantine. */
export async function givenRejected(record: (serial: string) => object, overrides = {}) {
  const org = await givenOrganisation(overrides)
  const { serial, terminalId } = await givenTerminal(org.orgId)
  await send(org, record(serial))
  const [row] = await kept(org)
  return { org, serial, terminalId, id: row?.id ?? 0 }
}

export const receivedDaysAgo = ({ orgId }: Organisation, days: number) =>
  asWorker((db) =>
    db.query(
      sql`
        update quarantine set received_at = now() - ${days}::int * interval '1 day'
        where org_id = ${orgId}::uuid`,
    ),
  )
