import { handler } from "@/lib/http/handler"
import { addPolicy } from "@/lib/releases/keep-releases"
import { listPolicies } from "@/lib/releases/list-policies"
import { Policy, PolicyDraft, PolicyList } from "@/lib/releases/schemas"

export const GET = handler({ may: "fleet:read", answer: PolicyList, run: listPolicies })

export const POST = handler({ may: "catalogue:write", body: PolicyDraft, answer: Policy, run: addPolicy })
