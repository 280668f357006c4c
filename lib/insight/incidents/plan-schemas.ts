import { z } from "zod"
import { phone, writtenText } from "@/lib/base/text/fields"
import { incidentClasses } from "@/lib/insight/incidents/words"

const line = writtenText(300)
const paragraph = writtenText(2000)

/** What to do in an incident: whom to call, what to say, and who does what by when. */
export const PlanText = z.strictObject({
  call: z.array(z.strictObject({ who: line.min(1), phone: phone(50) })).max(20),
  staff: paragraph,
  customers: paragraph,
  /** How customers can pay meanwhile. */
  otherWays: paragraph,
  steps: z
    .array(
      z.strictObject({
        /** Minutes since the incident was noticed. */
        minute: z
          .int()
          .min(0)
          .max(7 * 24 * 60),
        who: line.min(1),
        what: line.min(1),
      }),
    )
    .max(50),
})
export type PlanText = z.infer<typeof PlanText>

export const Plan = z.object({
  class: z.enum(incidentClasses),
  /** 0 is the plan that is shipped. */
  version: z.number(),
  madeAt: z.string().nullable(),
  madeBy: z.string().nullable(),
  /** An organisation's own plan is the same in both languages. */
  texts: z.object({ en: PlanText, zh: PlanText }),
})
export type Plan = z.infer<typeof Plan>

export const PlanList = z.object({ data: z.array(Plan) })
export const PlanClass = z.strictObject({ class: z.enum(incidentClasses) })
/** The version that was edited: a plan that somebody else has changed since is not overwritten. */
export const PlanDraft = z.strictObject({ version: z.int().min(0), text: PlanText })
export type PlanDraft = z.infer<typeof PlanDraft>
