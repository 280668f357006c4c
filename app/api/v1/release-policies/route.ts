import { handler } from "@/lib/access/routes/handler"
import { addPolicy } from "@/lib/fleet/releases/change-releases"
import { listPolicies } from "@/lib/fleet/releases/list-policies"
import { Policy, PolicyDraft, PolicyList } from "@/lib/fleet/releases/schemas"

export const GET = handler({ may: "fleet:read", answer: PolicyList, run: listPolicies })

export const POST = handler({ may: "catalogue:write", body: PolicyDraft, answer: Policy, run: addPolicy })
