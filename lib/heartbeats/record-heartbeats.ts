import type { Actor } from "@/lib/access/actor"
import { insertHeartbeats } from "@/lib/heartbeats/sql"
import { Heartbeat } from "@/lib/heartbeats/schemas"
import type { IngestAnswer } from "@/lib/ingest/answer"
import { recordUpload, type Noun } from "@/lib/ingest/record"
import { columnOf } from "@/lib/ingest/rows"
import type { Upload } from "@/lib/ingest/upload"

const { terminal: _terminal, sentAt: _sentAt, model: _model, serial: _serial, tid: _tid, store: _store, ...stored } = Heartbeat.shape
const columns = Object.keys(stored).map((field) => [field as keyof typeof stored, columnOf(field)] as const)

const heartbeats: Noun<Heartbeat> = {
  kind: "heartbeat",
  envelope: "heartbeats",
  schema: Heartbeat,
  fields: Heartbeat.shape,
  naming: ({ terminal, serial, tid, model, store }) => ({
    terminal,
    acquirer: null,
    ...(serial === undefined ? {} : { serial }),
    ...(tid === undefined ? {} : { tid }),
    ...(model === undefined ? {} : { model }),
    ...(store === undefined ? {} : { store }),
  }),
  insert: (db, { orgId, batchId, rows }) =>
    insertHeartbeats(
      db,
      rows.map(({ record, terminal, offsetMs }) => {
        const row: Record<string, unknown> = { terminal_id: terminal.terminalId, org_id: orgId, batch_id: batchId, clock_offset_ms: offsetMs }
        for (const [field, column] of columns) if (record[field] !== undefined) row[column] = record[field]
        return row
      }),
    ),
}

/** Takes in heartbeats; see `recordUpload`. */
export const recordHeartbeats = (input: { actor: Actor; upload: Upload }): Promise<IngestAnswer> => recordUpload(heartbeats, input)
