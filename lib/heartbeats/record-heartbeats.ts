import { insertHeartbeats } from "@/lib/heartbeats/sql"
import { Heartbeat } from "@/lib/heartbeats/schemas"
import type { Noun } from "@/lib/ingest/noun"
import { recorder } from "@/lib/ingest/record"
import { columnOf, firstColumns, sentTime, storedInstant } from "@/lib/ingest/rows"

const { terminal: _terminal, at: _at, sentAt: _sentAt, model: _model, serial: _serial, tid: _tid, store: _store, ...stored } = Heartbeat.shape
const fields = Object.keys(stored) as (keyof typeof stored)[]

const heartbeats: Noun<Heartbeat> = {
  kind: "heartbeat",
  envelope: "heartbeats",
  schema: Heartbeat,
  fields: Heartbeat.shape,
  columns: [...firstColumns, ...fields.map(columnOf)],
  naming: ({ terminal, serial, tid, model, store }) => ({
    terminal,
    acquirer: null,
    ...(serial === undefined ? {} : { serial }),
    ...(tid === undefined ? {} : { tid }),
    ...(model === undefined ? {} : { model }),
    ...(store === undefined ? {} : { store }),
  }),
  rows: (_db, orgId, checked) =>
    Promise.resolve(checked.map(({ parsed, terminal: { terminalId } }) => {
      const at = sentTime(parsed)
      const instant = storedInstant(parsed.record.at, at)
      const values: unknown[] = [terminalId, instant, orgId, 0, parsed.offsetMs]
      for (const field of fields) values.push(parsed.record[field])
      return { values, terminalId, at, key: `${terminalId} ${instant}` }
    })),
  insert: insertHeartbeats,
}

/** Takes in heartbeats; see `recorder`. */
export const recordHeartbeats = recorder(heartbeats)
