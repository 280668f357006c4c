import type { z } from "zod"
import type { Db } from "@/lib/base/db/transaction"
import type { Common } from "@/lib/intake/ingest/check"
import type { Contract } from "@/lib/intake/ingest/contract"
import type { Ready, Row } from "@/lib/intake/ingest/rows"
import type { Named, Terminal } from "@/lib/intake/ingest/terminals"

/** A record that passed every check, with its terminal. */
export type Checked<RecordSummary extends Named> = { ready: Ready<RecordSummary>; terminal: Terminal }

/** How many rows of a batch were new. */
export type Inserted = { batch_id: number; count: number }

/** What differs between heartbeats and transactions. */
export type Noun<Record extends Common = Common, RecordSummary extends Named = Named> = {
  kind: "heartbeat" | "transaction"
  envelope: string
  schema: z.ZodObject & z.ZodType<Record>
  contract: Contract<Record>
  /** Columns of the raw table; see `columnsOf`. */
  columns: readonly string[]
  storedFields: readonly string[]
  /** Who the record speaks of at its time, and what else `rows` asks of it. */
  summary: (record: Record, at: number) => RecordSummary
  /** The records as rows, in their order; their batch is not known yet. */
  rows: (db: Db, orgId: string, checked: Checked<RecordSummary>[]) => Promise<Row[]>
  /** Inserts rows that may be there already, given as objects by column; of the same key the first stands. */
  insert: (db: Db, rows: object[]) => Promise<Inserted[]>
  /** What is to be done after rows went in by COPY, where all of them are new. */
  afterCopy?: (db: Db, rows: Row[]) => Promise<void>
}
