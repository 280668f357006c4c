import { z } from "zod"
import { pageLinks } from "@/lib/base/pages/schemas"
import { calendarDay, writtenCursor, writtenId, writtenText } from "@/lib/base/text/fields"
import { windowPlaces, windowStates } from "@/lib/fleet/maintenance/words"

export const WindowQuery = z.strictObject({
  state: z.enum(windowStates).default("current"),
  /** The windows that concern a terminal, of whatever place. */
  terminal: writtenId.optional(),
  cursor: writtenCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type WindowQuery = z.infer<typeof WindowQuery>

const clockTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/, { error: "a time such as 2026-12-01T22:00" })
  .refine((text) => calendarDay.safeParse(text.slice(0, 10)).success, { error: "no such day" })

const Place = z.union([
  z.strictObject({ kind: z.literal("organisation") }),
  z.strictObject({ kind: z.enum(windowPlaces).exclude(["organisation"]), id: z.int().positive() }),
])

const dayMs = 86_400_000
const lengthOf = ({ starts, ends }: { starts: string; ends: string }) =>
  Date.parse(`${ends}Z`) - Date.parse(`${starts}Z`)

/** `starts` and `ends` are by the clock of each store. `lastOn` is the last day a weekly one begins. */
export const WindowDraft = z
  .strictObject({
    reason: writtenText(200).min(1),
    place: Place,
    starts: clockTime,
    ends: clockTime,
    isWeekly: z.boolean().default(false),
    lastOn: calendarDay.nullable().default(null),
  })
  .refine((draft) => lengthOf(draft) > 0, { path: ["ends"], error: "ends before it starts" })
  .refine((draft) => lengthOf(draft) <= (draft.isWeekly ? 7 : 366) * dayMs, {
    path: ["ends"],
    error: "at most a week if it is weekly, otherwise at most a year",
  })
  .refine(({ lastOn, starts }) => lastOn === null || lastOn >= starts.slice(0, 10), {
    path: ["lastOn"],
    error: "before the first day",
  })
export type WindowDraft = z.infer<typeof WindowDraft>

export const Window = z.object({
  id: z.number(),
  reason: z.string(),
  place: z.object({ kind: z.enum(windowPlaces), id: z.number().nullable(), name: z.string().nullable() }),
  starts: z.string(),
  ends: z.string(),
  isWeekly: z.boolean(),
  lastOn: z.string().nullable(),
  /** When somebody ended it. */
  endedAt: z.string().nullable(),
  madeAt: z.string(),
  madeBy: z.string(),
  /** When it goes on now or next: in the zone of its place, which is the organisation's for many stores. */
  next: z.object({ from: z.string(), to: z.string() }).nullable(),
})
export type Window = z.infer<typeof Window>

export const WindowPage = z.object({ data: z.array(Window), ...pageLinks })
export type WindowPage = z.infer<typeof WindowPage>

export const WindowId = z.strictObject({ id: writtenId })
