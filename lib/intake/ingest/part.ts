import type { Rejected } from "@/lib/intake/ingest/check"
import type { Noun } from "@/lib/intake/ingest/noun"
import type { Ready } from "@/lib/intake/ingest/rows"
import type { Named } from "@/lib/intake/ingest/terminals"
import type { Watermarks } from "@/lib/intake/ingest/watermarks"

/** A slice of one upload: the records that passed the checks without the database, and the rejected ones. */
export type Part<RecordSummary extends Named = Named> = {
  ready: Ready<RecordSummary>[]
  refused: Rejected[]
  receivedAt: number
  /** Files may bring records of any age. */
  isImport: boolean
  /** A replay from the quarantine. Records that are rejected again are already stored there. */
  isReplay: boolean
  /**
   * The stores whose terminals the sender may write for. Null means all; then unknown terminals may be
   * enrolled.
   */
  stores: readonly number[] | null
}

/** The result of a part. */
export type Stored = { accepted: number; duplicates: number; rejected: Rejected[] }

export type Way = { noun: Noun; orgId: string; watermarks: Watermarks; mayCopy: boolean }
