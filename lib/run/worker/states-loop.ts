import { settleStates } from "@/lib/insight/silence/settle-states"
import type { Loop } from "@/lib/run/worker/loop"

/** A quarter of the time within which a state changes after its deadline: a round itself also takes time. */
const settleEveryMs = 500

export const statesLoop: Loop = {
  name: "states",
  work: async () => {
    const settled = await settleStates({ now: new Date() })
    return settled.statesChanged > 0 ? settled : null
  },
  idleMs: settleEveryMs,
}
