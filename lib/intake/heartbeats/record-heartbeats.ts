import { heartbeatContract } from "@/lib/intake/heartbeats/contract"
import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { insertHeartbeats } from "@/lib/intake/heartbeats/sql"
import type { Noun } from "@/lib/intake/ingest/noun"
import { recorder } from "@/lib/intake/ingest/record"
import { columnsOf, rowOf } from "@/lib/intake/ingest/rows"
import type { Named } from "@/lib/intake/ingest/terminals"

const {
  terminal: _terminal,
  at: _at,
  model: _model,
  serial: _serial,
  tid: _tid,
  store: _store,
  ...stored
} = Heartbeat.shape
const storedFields = Object.keys(stored)

const heartbeats: Noun<Heartbeat, Named> = {
  kind: "heartbeat",
  envelope: "heartbeats",
  schema: Heartbeat,
  contract: heartbeatContract,
  columns: columnsOf([], storedFields),
  storedFields,
  summary: ({ terminal, serial, tid, model, store }, at) => ({
    terminal,
    at,
    acquirer: null,
    serial,
    tid,
    model,
    store,
  }),
  rows: (_db, orgId, checked) =>
    Promise.resolve(checked.map(({ ready, terminal }) => rowOf(ready, orgId, terminal.terminalId))),
  insert: insertHeartbeats,
}

/** Stores heartbeats; see `recorder`. */
export const recordHeartbeats = recorder(heartbeats)
