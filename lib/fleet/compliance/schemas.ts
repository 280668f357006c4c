import { z } from "zod"
import { components } from "@/lib/fleet/catalogue/components"
import { complianceGroupings } from "@/lib/fleet/compliance/words"

export const ComplianceQuery = z.strictObject({ by: z.enum(complianceGroupings).default("model") })
export type ComplianceQuery = z.infer<typeof ComplianceQuery>

/** Active terminals of which a policy requires something of this component. */
export const ComplianceCell = z.object({
  component: z.enum(components),
  terminals: z.number(),
  /** They fall short of nothing. */
  met: z.number(),
  /** They will be behind from a later day on. */
  soon: z.number(),
  behind: z.number(),
  /** They did not report a version. */
  unknown: z.number(),
})
export type ComplianceCell = z.infer<typeof ComplianceCell>

/** A model, region or merchant; without id, the terminals that have none. Components with terminals alone. */
export const ComplianceRow = z.object({
  id: z.number().nullable(),
  name: z.string().nullable(),
  /** Of a region. */
  merchant: z.string().nullable(),
  cells: z.array(ComplianceCell),
})
export type ComplianceRow = z.infer<typeof ComplianceRow>

export const Compliance = z.object({
  by: z.enum(complianceGroupings),
  data: z.array(ComplianceRow),
  total: z.array(ComplianceCell),
})
export type Compliance = z.infer<typeof Compliance>
