import { z } from "zod"
import { causes } from "@/lib/fleet/code-packs/cause"
import { terminalStatuses } from "@/lib/fleet/terminals/words"
import { Flag } from "@/lib/insight/flags/schemas"
import { LostSales } from "@/lib/insight/lost-sales/schemas"
import { FailureRate } from "@/lib/insight/rates/schemas"

export const WeekName = z.strictObject({ week: z.string() })

/** `now`: the figures as they stand now, and what changed since the report was frozen. */
export const ReportQuery = z.strictObject({ figures: z.enum(["frozen", "now"]).default("frozen") })
export type ReportQuery = z.infer<typeof ReportQuery>

const ReportFlag = Flag.extend({
  /** The store's own date of `sinceAt`. */
  sinceOn: z.string(),
  store: z
    .object({ id: z.number(), name: z.string(), code: z.string(), address: z.string().nullable() })
    .nullable(),
})
export type ReportFlag = z.infer<typeof ReportFlag>

/**
 * The figures of one ISO week. Frozen reports are stored in this form for years and parsed when they are
 * read, so a new field needs a default, and no word may be taken from an enumeration.
 */
export const WeeklyFigures = z.object({
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
  /** By the causes of verdicts. */
  lost: LostSales.pick({ data: true, total: true }),
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
export type WeeklyFigures = z.infer<typeof WeeklyFigures>

const Frozen = z.object({
  at: z.string(),
  /** The versions of the code tables in force: the organisation's own and the shipped one. */
  codeTables: z.array(
    z.object({ codeSystem: z.string(), own: z.number().nullable(), shipped: z.number().nullable() }),
  ),
  /** The version of what evidence weighs. 0 is what is shipped. */
  evidenceVersion: z.number(),
})
export type Frozen = z.infer<typeof Frozen>

const ReportChange = z.object({
  figure: z.enum(["sales", "failed", "lost", "upHours", "opened", "closed", "open"]),
  cause: z.enum(causes).nullable(),
  was: z.number(),
  is: z.number(),
})
export type ReportChange = z.infer<typeof ReportChange>

/** The maintenance report of one ISO week. */
export const WeeklyReport = WeeklyFigures.extend({
  /** Whether it covers the whole organisation. Only then a report is frozen. */
  isWhole: z.boolean(),
  figures: z.enum(["frozen", "now"]),
  /** Null if the report is not frozen. */
  frozen: Frozen.nullable(),
  /** When it will be frozen. Null if it is, or never will be. */
  freezesAt: z.string().nullable(),
  /** What is different now. Empty unless the figures are those of now. */
  changes: z.array(ReportChange),
})
export type WeeklyReport = z.infer<typeof WeeklyReport>
