import type { Sensitivity } from "@/lib/insight/engine/terms/settings"
import { ChildAlarms, type Children } from "@/lib/run/evaluation/children"
import { areaUnderCurve, forecastOf } from "@/lib/run/evaluation/forecast"
import { Naive, naiveNames, type NaiveRule } from "@/lib/run/evaluation/naive"
import { play } from "@/lib/run/evaluation/play"
import { scoreClasses, type ClassScore } from "@/lib/run/evaluation/score-classes"
import { scoreFlags, type FlagScore } from "@/lib/run/evaluation/score-flags"
import type { Parameters } from "@/lib/run/simulation/world/parameters"
import { makeRun } from "@/lib/run/simulation/world/run"
import { dailySums } from "@/lib/run/simulation/world/sums"

/** What one seed's fleet says of the engine, and of the naive rules on the same data. */
export type Evaluation = {
  flags: FlagScore
  classes: ClassScore
  naive: Record<NaiveRule, FlagScore>
  children: Children
  confirmedAhead: number | null
  comingAhead: number | null
}

export function evaluate(
  parameters: Parameters,
  seed: number,
  { sensitivity = "normal" }: { sensitivity?: Sensitivity } = {},
): Evaluation {
  const run = makeRun(parameters, seed)
  const naive = new Naive(run)
  const children = new ChildAlarms(run)
  const played = play(run, dailySums(run), {
    sensitivity,
    onDay: (arrived) => naive.add(arrived),
    onNight: (day, { alarms }) => children.add(day, alarms),
  })
  const indexOf = new Map(run.fleet.terminals.map(({ serial, index }) => [serial, index]))
  const alerts = played.flags.map(({ of, openedOn }) => ({
    terminal: indexOf.get(of.terminal) ?? -1,
    openedOn,
  }))
  const forecast = forecastOf(run, played)
  return {
    flags: scoreFlags(run, alerts),
    classes: scoreClasses(run, played),
    naive: Object.fromEntries(
      naiveNames.map((name) => [name, scoreFlags(run, naive.alerts[name])]),
    ) as Evaluation["naive"],
    children: children.count,
    confirmedAhead: areaUnderCurve(forecast.confirmed),
    comingAhead: areaUnderCurve(forecast.coming),
  }
}
