import type { z } from "zod"
import type { Db } from "@/lib/db/transaction"
import type { Common, Parsed } from "@/lib/ingest/check"
import type { Row } from "@/lib/ingest/rows"
import type { Named, Terminal } from "@/lib/ingest/terminals"

/** A record that passed every check, with its terminal. */
export type Checked<Record extends Common> = { parsed: Parsed<Record>; terminal: Terminal }

/** How many rows of a batch were new. */
export type Inserted = { batch_id: number; count: number }

/** What differs between heartbeats and transactions. */
export type Noun<Record extends Common> = {
  kind: "heartbeat" | "transaction"
  envelope: string
  schema: z.ZodType<Record>
  fields: { [field: string]: z.ZodType }
  /** Columns of the raw table: `firstColumns`, the noun's own, and one for each stored field. */
  columns: readonly string[]
  storedFields: readonly string[]
  /** Who the record speaks of at its time. */
  naming: (record: Record, at: number) => Named
  /** The records as rows, in their order; their batch is not known yet. */
  rows: (db: Db, orgId: string, checked: Checked<Record>[]) => Promise<Row[]>
  /** Inserts rows that may be there already, given as objects by column; of the same key the first stands. */
  insert: (db: Db, rows: object[]) => Promise<Inserted[]>
  /** What is to be done after rows went in by COPY, where all of them are new. */
  afterCopy?: (db: Db, rows: Row[]) => Promise<void>
}
