import { z } from "zod"
import { causes } from "@/lib/fleet/code-packs/cause"
import { terminalStatuses } from "@/lib/fleet/terminals/words"
import { Flag } from "@/lib/insight/flags/schemas"
import { FailureRate } from "@/lib/insight/rates/schemas"

export const WeekName = z.strictObject({ week: z.string() })

const ReportFlag = Flag.extend({
  /** The store's own date of `sinceAt`. */
  sinceOn: z.string(),
  store: z
    .object({ id: z.number(), name: z.string(), code: z.string(), address: z.string().nullable() })
    .nullable(),
})
export type ReportFlag = z.infer<typeof ReportFlag>

/** The maintenance report of one ISO week. */
export const WeeklyReport = z.object({
  week: z.string(),
  from: z.string(),
  to: z.string(),
  isOver: z.boolean(),
  organisation: z.object({ name: z.string(), timeZone: z.string() }),
  fleet: z.object({
    byStatus: z.record(z.enum(terminalStatuses), z.number()),
    byModel: z.array(z.object({ model: z.string().nullable(), terminals: z.number() })),
  }),
  /** The hardware's availability of the week's days that are booked, as `GET /api/v1/availability` has it. */
  availability: z.object({
    openHours: z.number(),
    upHours: z.number(),
    share: z.number().nullable(),
    /** The last booked day. */
    hoursUntil: z.string().nullable(),
    terminalsWithoutHours: z.number(),
  }),
  total: FailureRate,
  byCause: z.array(FailureRate.extend({ cause: z.enum(causes) })),
  flags: z.object({ opened: z.array(ReportFlag), closed: z.array(ReportFlag), open: z.array(ReportFlag) }),
  releasesDue: z.array(
    z.object({
      component: z.string(),
      /** Null where the policy names no version. */
      minimum: z.string().nullable(),
      model: z.string().nullable(),
      dueOn: z.string().nullable(),
      terminalsBehind: z.number(),
    }),
  ),
  modelsDue: z.array(z.object({ model: z.string(), useEndOn: z.string(), terminals: z.number() })),
  asOf: z.string(),
})
export type WeeklyReport = z.infer<typeof WeeklyReport>
