import { handler } from "@/lib/access/routes/handler"
import { EntryId } from "@/lib/fleet/catalogue/fields"
import { getRollout } from "@/lib/insight/rollouts/get-rollout"
import { Rollout } from "@/lib/insight/rollouts/schemas"

export const GET = handler({ may: "fleet:read", params: EntryId, answer: Rollout, run: getRollout })
