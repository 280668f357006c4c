import { z } from "zod"
import { Approval } from "@/lib/fleet/approvals/schemas"
import { components } from "@/lib/fleet/catalogue/components"
import { optionalId, requiredText } from "@/lib/fleet/catalogue/fields"
import { terminalStatuses } from "@/lib/fleet/terminals/words"

const optionalCount = (most: number) => z.int().min(1).max(most).nullable().default(null)

export const ModelDraft = z.strictObject({
  name: requiredText(200),
  manufacturer: optionalId,
  /** A new terminal with its installation, in minor units of the organisation's currency. */
  priceMinor: optionalCount(1_000_000_000),
  /** What the vendor says of the printer's head, the chip reader and the magstripe reader. */
  printerHeadKm: optionalCount(10_000),
  chipInsertions: optionalCount(1_000_000_000),
  swipes: optionalCount(1_000_000_000),
})
export type ModelDraft = z.infer<typeof ModelDraft>

const day = z.string().nullable()

export const Model = z.object({
  id: z.number(),
  name: z.string(),
  manufacturer: z.number().nullable(),
  manufacturerName: z.string().nullable(),
  priceMinor: z.number().nullable(),
  printerHeadKm: z.number().nullable(),
  chipInsertions: z.number().nullable(),
  swipes: z.number().nullable(),
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

/** The currency of all prices. */
const currency = z.string()

export const ModelList = z.object({ data: z.array(Model), currency })
export type ModelList = z.infer<typeof ModelList>

/** A model with its approvals, and the versions that its terminals run now. */
export const ModelPage = Model.extend({
  currency,
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
