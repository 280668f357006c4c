import { handler } from "@/lib/access/routes/handler"
import { listProposals } from "@/lib/fleet/approvals/list-proposals"
import { ProposalList } from "@/lib/fleet/approvals/schemas"

export const GET = handler({ may: "fleet:read", answer: ProposalList, run: listProposals })
