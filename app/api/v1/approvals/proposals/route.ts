import { listProposals } from "@/lib/approvals/list-proposals"
import { handler } from "@/lib/http/handler"

export const GET = handler({ may: "fleet:read", run: listProposals })
