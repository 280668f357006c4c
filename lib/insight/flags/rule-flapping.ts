import type { Rule } from "@/lib/insight/flags/rule"
import { flapsToFlag, isSteady, steadyFrom } from "@/lib/insight/silence/flapping"

/** The terminal falls silent again and again, and not because its store's line does. */
export const flapping: Rule = {
  name: "flapping",
  evaluate: ({ flaps, flappedAt, isSiteFlapping }) =>
    flaps < flapsToFlag || flappedAt === null || isSiteFlapping
      ? null
      : {
          kind: "maintenance",
          observedAt: flappedAt,
          dueAt: null,
          // Each time counts one at most, so it was as often at least.
          reasons: [{ code: "flapping", times: Math.ceil(flaps) }],
        },
  changesAt: ({ flaps }, { clock }) => (isSteady(flaps) ? [] : [steadyFrom(flaps, clock.now) + 1000]),
  hasRecovered: ({ flaps }) => isSteady(flaps),
}
