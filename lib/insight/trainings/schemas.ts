import { z } from "zod"
import { pageLinks } from "@/lib/base/pages/schemas"
import { calendarDay, writtenCursor, writtenId, writtenText } from "@/lib/base/text/fields"

export const TrainingQuery = z.strictObject({
  store: writtenId.optional(),
  cursor: writtenCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type TrainingQuery = z.infer<typeof TrainingQuery>

/** `operator` is a cashier of the store; null for everybody there. */
export const TrainingDraft = z.strictObject({
  store: z.int().positive(),
  operator: writtenText(64).min(1).nullable(),
  subject: writtenText(200).min(1),
  heldOn: calendarDay,
})
export type TrainingDraft = z.infer<typeof TrainingDraft>

const Failures = z.object({
  attempts: z.number(),
  failures: z.number(),
  rate: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
})

/** `before` and `after`: sales of the four weeks around, and how many failed by how they were handled. */
export const Training = z.object({
  id: z.number(),
  store: z.object({ id: z.number(), name: z.string() }),
  operator: z.string().nullable(),
  subject: z.string(),
  heldOn: z.string(),
  recordedAt: z.string(),
  recordedBy: z.string(),
  before: Failures,
  after: Failures,
})
export type Training = z.infer<typeof Training>

export const TrainingPage = z.object({ data: z.array(Training), ...pageLinks })
export type TrainingPage = z.infer<typeof TrainingPage>

export const TrainingId = z.object({ id: writtenId })

export const RemovedTraining = z.object({ id: z.number() })
