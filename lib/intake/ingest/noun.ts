import type { z } from "zod"
import type { Db } from "@/lib/base/db/transaction"
import type { SentCode } from "@/lib/fleet/code-packs/resolve-codes"
import type { Common } from "@/lib/intake/ingest/check"
import type { Contract } from "@/lib/intake/ingest/contract"
import type { Ready, Row } from "@/lib/intake/ingest/rows"
import type { Named, Terminal } from "@/lib/intake/ingest/terminals"

/** A record that passed every check, with its terminal. */
export type Checked<RecordSummary extends Named> = { ready: Ready<RecordSummary>; terminal: Terminal }

/** The number of new rows in a batch, and the codes of new sales that no code table has. */
export type Inserted = { batch_id: number; count: number; unmapped?: SentCode[] }

/** The differences between heartbeats and transactions. */
export type Noun<Record extends Common = Common, RecordSummary extends Named = Named> = {
  kind: "heartbeat" | "transaction"
  envelope: string
  schema: z.ZodObject & z.ZodType<Record>
  contract: Contract<Record>
  /** The columns of the raw table; see `columnsOf`. */
  columns: readonly string[]
  storedFields: readonly string[]
  /** The terminal that a record names at its time, and other fields that `rows` needs. */
  summary: (record: Record, at: number) => RecordSummary
  /** The records as rows, in order. They have no batch yet. */
  rows: (db: Db, orgId: string, checked: Checked<RecordSummary>[]) => Promise<Row[]>
  /**
   * Inserts rows that may exist already, given as objects by column. Of rows with the same key, the first
   * stays.
   */
  insert: (db: Db, rows: object[]) => Promise<Inserted[]>
  /** Called with the codes of new rows that no code table has. */
  noteUnmapped?: (db: Db, codes: SentCode[]) => Promise<void>
}
