import { z } from "zod"
import { Approval } from "@/lib/fleet/approvals/schemas"
import { components } from "@/lib/fleet/catalogue/components"
import { optionalId, requiredText } from "@/lib/fleet/catalogue/fields"
import { terminalStatuses } from "@/lib/fleet/terminals/words"

export const ModelDraft = z.strictObject({ name: requiredText(200), manufacturer: optionalId })
export type ModelDraft = z.infer<typeof ModelDraft>

const day = z.string().nullable()

export const Model = z.object({
  id: z.number(),
  name: z.string(),
  manufacturer: z.number().nullable(),
  manufacturerName: z.string().nullable(),
  /** Terminals in the actor's reach, by current status. */
  terminals: z.partialRecord(z.enum(terminalStatuses), z.number()),
  /** The earliest dates of its approvals. */
  purchaseEndOn: day,
  deployEndOn: day,
  useEndOn: day,
  /** How many of its approvals were last checked more than a year ago. */
  checksOverdue: z.number(),
})
export type Model = z.infer<typeof Model>

export const ModelList = z.object({ data: z.array(Model) })
export type ModelList = z.infer<typeof ModelList>

/** A model with its approvals, and the versions that its terminals run now. */
export const ModelPage = Model.extend({
  approvals: z.array(Approval),
  releases: z.array(
    z.object({
      component: z.enum(components),
      version: z.string(),
      terminals: z.number(),
      supportEndOn: day,
      isKnown: z.boolean(),
    }),
  ),
})
export type ModelPage = z.infer<typeof ModelPage>
