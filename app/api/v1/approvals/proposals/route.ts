import { listProposals } from "@/lib/approvals/list-proposals"
import { ProposalList } from "@/lib/approvals/schemas"
import { handler } from "@/lib/http/handler"

export const GET = handler({ may: "fleet:read", answer: ProposalList, run: listProposals })
