import { z } from "zod"
import { calendarDay, writtenId } from "@/lib/base/text/fields"
import { approvalKinds } from "@/lib/fleet/approvals/words"
import { components } from "@/lib/fleet/catalogue/components"
import { optionalDay, optionalId, optionalText, requiredText } from "@/lib/fleet/catalogue/fields"

const day = z.string().nullable()
const isOne = ({
  model,
  component,
  version,
}: {
  model: number | null
  component: string | null
  version: string | null
}) => (model === null ? component !== null && version !== null : component === null && version === null)

/** Until when a model, or a version of a component, may be bought, deployed and used. */
export const ApprovalDraft = z
  .strictObject({
    model: optionalId,
    component: z.enum(components).nullable().default(null),
    version: optionalText(64),
    kind: z.enum(approvalKinds),
    reference: optionalText(200),
    /**
     * An acquirer's dates apply to terminals with a TID of that acquirer. All others apply to every
     * terminal.
     */
    scheme: optionalText(100),
    acquirer: optionalId,
    purchaseEndOn: optionalDay,
    deployEndOn: optionalDay,
    useEndOn: optionalDay,
    /** A URL or a sentence, and the day on which somebody last checked it. */
    source: requiredText(1000),
    checkedOn: calendarDay,
  })
  .refine(isOne, { error: "name a model, or a component and its version", path: ["model"] })
export type ApprovalDraft = z.infer<typeof ApprovalDraft>

export const Approval = z.object({
  id: z.number(),
  model: z.number().nullable(),
  modelName: z.string().nullable(),
  component: z.enum(components).nullable(),
  version: z.string().nullable(),
  kind: z.enum(approvalKinds),
  reference: z.string().nullable(),
  scheme: z.string().nullable(),
  acquirer: z.number().nullable(),
  acquirerName: z.string().nullable(),
  purchaseEndOn: day,
  deployEndOn: day,
  useEndOn: day,
  source: z.string(),
  checkedOn: z.string(),
  /** The last check is more than a year ago. */
  isCheckOverdue: z.boolean(),
})
export type Approval = z.infer<typeof Approval>

export const ApprovalQuery = z.strictObject({
  model: writtenId.optional(),
})
export type ApprovalQuery = z.infer<typeof ApprovalQuery>

export const ApprovalList = z.object({ data: z.array(Approval) })
export type ApprovalList = z.infer<typeof ApprovalList>

/** A publicly known date. It takes effect when somebody adopts it as an approval. */
export const Proposal = z.object({
  kind: z.enum(approvalKinds),
  component: z.enum(components).nullable(),
  version: z.string().nullable(),
  reference: z.string(),
  purchaseEndOn: day,
  deployEndOn: day,
  useEndOn: day,
  /** Set if the date is this many years after the date of the approval letter. */
  yearsAfterLetter: z.number().nullable(),
  source: z.string(),
  checkedOn: z.string(),
  note: z.string(),
})
export type Proposal = z.infer<typeof Proposal>

export const ProposalList = z.object({ data: z.array(Proposal) })
export type ProposalList = z.infer<typeof ProposalList>
