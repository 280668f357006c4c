import { components } from "@/lib/fleet/catalogue/components"
import { changesOn, isDue, shortfallsOf, type Running } from "@/lib/fleet/releases/shortfalls"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Rule } from "@/lib/insight/flags/rule"

const runningOf = ({ versions, model }: TerminalFacts): Running[] =>
  components.map((component) => ({ component, version: versions[component], model: model?.id ?? null }))

/** A component falls short of a policy, from the due date on. Only a heartbeat shows that it does no more. */
export const releaseBehind: Rule = {
  name: "release_behind",
  evaluate: (terminal, { clock, standards }) => {
    const today = clock.today(terminal.zone)
    const missed = runningOf(terminal).flatMap((running) =>
      shortfallsOf(running, standards, today)
        .filter((shortfall) => isDue(shortfall, today))
        .map(({ dueOn, ...reason }) => ({ dueOn, reason: { component: running.component, ...reason } })),
    )
    const [dueOn] = missed.flatMap((one) => one.dueOn ?? []).toSorted()
    return {
      kind: "update",
      observedAt: clock.now,
      dueAt: dueOn === undefined ? null : clock.startOf(dueOn, terminal.zone),
      reasons: missed.map(({ reason }) => reason),
    }
  },
  changesAt: (terminal, { clock, standards }) =>
    runningOf(terminal)
      .flatMap((running) => changesOn(running, standards, clock.today(terminal.zone)))
      .map((day) => clock.startOf(day, terminal.zone)),
}
