import { z } from "zod"
import { rejectionCodes } from "@/lib/ingest/answer"
import { quarantineStates, recordKinds, replayOutcomes } from "@/lib/quarantine/words"

const id = z.coerce.number().int().positive()
const cursor = z.string().max(500).optional()
const filters = {
  code: z.enum(rejectionCodes).optional(),
  kind: z.enum(recordKinds).optional(),
  /** The name by which the record calls its terminal. */
  terminal: z.string().min(1).max(64).optional(),
}

export const QuarantineId = z.strictObject({ id })

export const QuarantineQuery = z.strictObject({
  ...filters,
  state: z.enum(quarantineStates).default("open"),
  cursor,
  limit: z.coerce.number().int().min(1).max(200).default(25),
})
export type QuarantineQuery = z.infer<typeof QuarantineQuery>

export const ReplayQuery = z.strictObject({ ...filters, cursor })
export type ReplayQuery = z.infer<typeof ReplayQuery>

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
  resolvedAt: z.string().nullable(),
})
export type Quarantined = z.infer<typeof Quarantined>

export const QuarantinePage = z.object({
  data: z.array(Quarantined),
  nextCursor: z.string().nullable(),
  /** How many there are by reason under the same filters but the reason. */
  counts: z.partialRecord(z.enum(rejectionCodes), z.number()),
})
export type QuarantinePage = z.infer<typeof QuarantinePage>

/** A rejected record with its masked text. */
export const QuarantinedRecord = Quarantined.extend({
  /** As it came. */
  record: z.string(),
  /** As it was corrected last; this is what a replay takes. */
  correction: z.string().nullable(),
  /** Whether the text is a whole record; one that is not must be corrected first. */
  isWhole: z.boolean(),
})
export type QuarantinedRecord = z.infer<typeof QuarantinedRecord>

export const ReplayedRecord = z.object({ outcome: z.enum(replayOutcomes), record: QuarantinedRecord })
export type ReplayedRecord = z.infer<typeof ReplayedRecord>

/** What one call of a replay did. `nextCursor` goes on with the records after these, of which `left` are open. */
export const Replayed = z.object({ replayed: z.number(), resolved: z.number(), rejected: z.number(), left: z.number(), nextCursor: z.string().nullable() })
export type Replayed = z.infer<typeof Replayed>

/** Without a store the terminal waits in the unassigned one. */
export const EnrolRequest = z.strictObject({ store: id.optional() })
export type EnrolRequest = z.infer<typeof EnrolRequest>

export const Enrolled = z.object({ terminal: z.object({ id: z.number(), serial: z.string() }), replay: Replayed })
export type Enrolled = z.infer<typeof Enrolled>
