import { catalogueOptions } from "@/lib/fleet/catalogue/queries"

const schemas = () => import("@/lib/fleet/approvals/schemas")

export const approvalsOptions = () =>
  catalogueOptions("approvals", async () => (await schemas()).ApprovalList)
export const proposalsOptions = () =>
  catalogueOptions("approvals/proposals", async () => (await schemas()).ProposalList)
