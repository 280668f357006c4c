import type { Sensitivity } from "@/lib/access/organisation/words"
import { ChildAlarms, type Children } from "@/lib/run/evaluation/children"
import { areaUnderCurve, forecastOf } from "@/lib/run/evaluation/forecast"
import { Naive, naiveDays, naiveNames, type NaiveRule } from "@/lib/run/evaluation/naive"
import { play } from "@/lib/run/evaluation/play"
import { scoreClasses, type ClassScore } from "@/lib/run/evaluation/score-classes"
import { scoreFlags, type FlagScore } from "@/lib/run/evaluation/score-flags"
import { saidSpans, trueSpans } from "@/lib/run/evaluation/spans-of-run"
import { factsOfRun } from "@/lib/run/evaluation/truth"
import type { Parameters } from "@/lib/run/simulation/world/parameters"
import { makeRun } from "@/lib/run/simulation/world/run"
import { dailySums } from "@/lib/run/simulation/world/sums"

/** What one seed's fleet says of the engine, and of the naive rules on the same data. */
export type Evaluation = {
  flags: FlagScore
  classes: ClassScore
  naive: Record<NaiveRule, FlagScore>
  children: Children
  /** Areas under the curve of the forecast; see `Forecast`. */
  allAhead: number | null
  confirmedAhead: number | null
  comingAhead: number | null
}

export function evaluate(
  parameters: Parameters,
  seed: number,
  { sensitivity = "normal" }: { sensitivity?: Sensitivity } = {},
): Evaluation {
  const run = makeRun(parameters, seed)
  const facts = factsOfRun(run)
  const naive = new Naive(parameters.terminals)
  const children = new ChildAlarms(run, facts)
  const played = play(run, dailySums(run), {
    sensitivity,
    onDay: (arrived) => naive.add(arrived.day, naiveDays(arrived, parameters.terminals)),
    onNight: (day, { alarms }) => children.add(day, alarms),
  })
  const indexOf = new Map(run.fleet.terminals.map(({ serial, index }) => [serial, index]))
  const alerts = played.flags.map(({ of, openedOn }) => ({
    terminal: indexOf.get(of.terminal) ?? -1,
    openedOn,
  }))
  const forecast = forecastOf(run, { facts, played })
  return {
    flags: scoreFlags(facts, alerts),
    classes: scoreClasses(trueSpans(run, facts), saidSpans(run, played)),
    naive: Object.fromEntries(
      naiveNames.map((name) => [name, scoreFlags(facts, naive.alerts[name])]),
    ) as Evaluation["naive"],
    children: children.count,
    allAhead: areaUnderCurve(forecast.all),
    confirmedAhead: areaUnderCurve(forecast.confirmed),
    comingAhead: areaUnderCurve(forecast.coming),
  }
}
