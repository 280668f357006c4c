import type { Day } from "@/lib/base/time/zone"
import { isBehind } from "@/lib/fleet/releases/version"
import type { Policy, TerminalFacts } from "@/lib/insight/flags/facts"
import type { Context, Rule } from "@/lib/insight/flags/rule"

const policiesFor = ({ model }: TerminalFacts, { policies }: Context): Policy[] =>
  policies.filter(({ modelId }) => modelId === null || modelId === model?.id)

/** A component is below its minimum version, from the due date on. */
export const releaseBehind: Rule = {
  name: "release_behind",
  evaluate: (terminal, context) => {
    const { clock } = context
    const missed = policiesFor(terminal, context).flatMap(({ component, minimum, dueOn }) => {
      const current = terminal.versions[component]
      const isDue = dueOn === null || dueOn <= clock.today(terminal.zone)
      return isDue && current !== null && isBehind(current, minimum)
        ? [{ dueOn, reason: { code: "release_behind" as const, component, current, minimum } }]
        : []
    })
    const [dueOn] = missed
      .flatMap((policy): Day[] => (policy.dueOn === null ? [] : [policy.dueOn]))
      .toSorted()
    return {
      kind: "update",
      observedAt: clock.now,
      dueAt: dueOn === undefined ? null : clock.startOf(dueOn, terminal.zone),
      reasons: missed.map(({ reason }) => reason),
    }
  },
  changesAt: (terminal, context) =>
    policiesFor(terminal, context).flatMap(({ dueOn }) =>
      dueOn === null ? [] : [context.clock.startOf(dueOn, terminal.zone)],
    ),
}
