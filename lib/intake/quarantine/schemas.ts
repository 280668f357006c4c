import { z } from "zod"
import { pageLinks } from "@/lib/base/pages/schemas"
import { calendarInstant, text, writtenCursor, writtenId, writtenIds } from "@/lib/base/text/fields"
import { rejectionCodes } from "@/lib/intake/ingest/answer"
import {
  clockCodes,
  mostNamed,
  quarantineOrders,
  quarantineStates,
  recordKinds,
  replayOutcomes,
} from "@/lib/intake/quarantine/words"

const cursor = writtenCursor.optional()
const filters = {
  code: z.enum(rejectionCodes).optional(),
  kind: z.enum(recordKinds).optional(),
  /** The terminal's name in the record. */
  terminal: text(64).min(1).optional(),
}
const ids = writtenIds(mostNamed).optional()

export const QuarantineId = z.strictObject({ id: writtenId })

export const QuarantineQuery = z.strictObject({
  ...filters,
  state: z.enum(quarantineStates).default("open"),
  order: z.enum(quarantineOrders).default("desc"),
  cursor,
  limit: z.coerce.number().int().min(1).max(200).default(25),
})
export type QuarantineQuery = z.infer<typeof QuarantineQuery>

/** The terminals of rejected records. For a single one also how far its clock seems to be ahead. */
export const GroupQuery = z.strictObject({ ...filters, state: z.enum(quarantineStates).default("open") })
export type GroupQuery = z.infer<typeof GroupQuery>

export const TerminalGroups = z.object({
  /**
   * The terminals with the most records; all of them if `isWhole`. `aheadSeconds` is negative if the clock is
   * behind.
   */
  data: z.array(
    z.object({
      terminal: z.string().nullable(),
      count: z.number(),
      lastReceivedAt: z.string(),
      aheadSeconds: z.number().nullable(),
    }),
  ),
  isWhole: z.boolean(),
})
export type TerminalGroups = z.infer<typeof TerminalGroups>

const longestAheadSeconds = 100 * 366 * 86_400

/** The records of one terminal whose clock is corrected in one call. */
export const ClockQuery = z.strictObject({
  /** If absent, both reasons that a wrong clock can cause. */
  code: z.enum(clockCodes).optional(),
  kind: filters.kind,
  terminal: text(64).min(1),
  cursor,
})
export type ClockQuery = z.infer<typeof ClockQuery>

/** How far the clock was ahead of the true time; negative if it was behind. */
export const ClockBody = z.strictObject({
  aheadSeconds: z.int().min(-longestAheadSeconds).max(longestAheadSeconds),
})
export type ClockBody = z.infer<typeof ClockBody>

/** All records that match. Those that arrived after `receivedBefore` are left out. */
export const DiscardQuery = z.strictObject({
  ...filters,
  ids,
  receivedBefore: calendarInstant.optional(),
})
export type DiscardQuery = z.infer<typeof DiscardQuery>
/** The same before it is parsed: ids have commas between them. */
export type DiscardInput = z.input<typeof DiscardQuery>

/** The number of records that a call changed, and the number left. */
export const Moved = z.object({ moved: z.number(), left: z.number() })
export type Moved = z.infer<typeof Moved>

export const ReplayQuery = z.strictObject({ ...filters, ids, cursor })
export type ReplayQuery = z.infer<typeof ReplayQuery>
export type ReplayInput = z.input<typeof ReplayQuery>

/** A rejected record, without its text. */
export const Quarantined = z.object({
  id: z.number(),
  kind: z.enum(recordKinds),
  code: z.enum(rejectionCodes),
  field: z.string().nullable(),
  message: z.string(),
  terminal: z.string().nullable(),
  seenCount: z.number(),
  receivedAt: z.string(),
  lastReceivedAt: z.string(),
  /** When it was stored or discarded. */
  resolvedAt: z.string().nullable(),
  discardedAt: z.string().nullable(),
})
export type Quarantined = z.infer<typeof Quarantined>

export const QuarantinePage = z.object({
  data: z.array(Quarantined),
  ...pageLinks,
  /** Counts by reason, with all filters except the reason. */
  counts: z.partialRecord(z.enum(rejectionCodes), z.number()),
})
export type QuarantinePage = z.infer<typeof QuarantinePage>

/** A rejected record with its masked text. */
export const QuarantinedRecord = Quarantined.extend({
  /** The original text. */
  record: z.string(),
  /** The last correction, which a replay uses. */
  correction: z.string().nullable(),
  /** Whether the text is a complete record. If not, it must be corrected first. */
  isWhole: z.boolean(),
})
export type QuarantinedRecord = z.infer<typeof QuarantinedRecord>

export const ReplayedRecord = z.object({ outcome: z.enum(replayOutcomes), record: QuarantinedRecord })
export type ReplayedRecord = z.infer<typeof ReplayedRecord>

/** The result of one call of a replay. `nextCursor` continues after these records; `left` are still open. */
export const Replayed = z.object({
  replayed: z.number(),
  resolved: z.number(),
  rejected: z.number(),
  left: z.number(),
  nextCursor: z.string().nullable(),
})
export type Replayed = z.infer<typeof Replayed>

/** Without a store, the terminal is pending in the unassigned store. */
export const EnrolRequest = z.strictObject({ store: writtenId.optional() })
export type EnrolRequest = z.infer<typeof EnrolRequest>

export const Enrolled = z.object({
  terminal: z.object({ id: z.number(), serial: z.string() }),
  replay: Replayed,
})
export type Enrolled = z.infer<typeof Enrolled>
