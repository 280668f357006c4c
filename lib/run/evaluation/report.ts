import type { Evaluation } from "@/lib/run/evaluation/evaluate"
import { naiveNames } from "@/lib/run/evaluation/naive"
import { addClasses, f1, macroF1 } from "@/lib/run/evaluation/score-classes"
import { addScores, figuresOf, type FlagScore } from "@/lib/run/evaluation/score-flags"

const number = (value: number | null, digits = 2) => (value === null ? "–" : value.toFixed(digits))

function row(name: string, score: FlagScore, runs: number, macro: string): string {
  const { precision, recall, recallByImpact, medianDelay, delayOfNineInTen, falsePerThousandWeeks } =
    figuresOf(score)
  return `| ${[
    name,
    Math.round(score.flags / runs),
    number(precision),
    number(recall),
    recallByImpact.map((value) => number(value)).join(" / "),
    `${number(medianDelay, 0)} (${number(delayOfNineInTen, 0)})`,
    number(falsePerThousandWeeks),
    macro,
    number(score.releaseTickets / runs, 1),
  ].join(" | ")} |`
}

const head = [
  "method",
  "flags a run",
  "precision",
  "recall",
  "recall by impact, high / middle / low",
  "median delay, days (p90)",
  "false flags per 1,000 healthy terminal-weeks",
  "macro F1",
  "tickets of the bad release",
]

/** The table of an evaluation over several seeds, as Markdown. */
export function reportOf(evaluations: readonly Evaluation[], { withNaive = true } = {}): string {
  const runs = evaluations.length
  const ofEngine = addScores(evaluations.map(({ flags }) => flags))
  const all = addClasses(evaluations.map(({ classes: score }) => score))
  const lines = [
    `| ${head.join(" | ")} |`,
    `| ${head.map(() => "---").join(" | ")} |`,
    row("**the engine**", ofEngine, runs, number(macroF1(all))),
    ...(withNaive
      ? naiveNames.map((name) => row(name, addScores(evaluations.map(({ naive }) => naive[name])), runs, "–"))
      : []),
    "",
    `F1 by class: ${Object.entries(all)
      .map(([cls, counts]) => `${cls} ${number(f1(counts))}`)
      .join(", ")}`,
    `Each seed: ${evaluations.map(eachSeed).join("; ")}`,
    `Child alarms under one incident: ${childrenOf(evaluations)}`,
    "Seven days ahead, area under the curve: " +
      `all terminals ${meanOf(evaluations, (one) => one.allAhead)}, ` +
      `those without a flag ${meanOf(evaluations, (one) => one.confirmedAhead)}, ` +
      `a fault that is yet to begin ${meanOf(evaluations, (one) => one.comingAhead)}`,
  ]
  return lines.join("\n")
}

function eachSeed({ flags, classes: score }: Evaluation): string {
  const { precision, recall, falsePerThousandWeeks } = figuresOf(flags)
  const right = `precision ${number(precision)}, recall ${number(recall)}`
  return `${right}, false ${number(falsePerThousandWeeks)}, F1 ${number(macroF1(score))}`
}

function childrenOf(evaluations: readonly Evaluation[]): string {
  const alarms = evaluations.reduce((sum, { children }) => sum + children.alarms, 0)
  const underOne = evaluations.reduce((sum, { children }) => sum + children.underOne, 0)
  return `${number(alarms === 0 ? null : (100 * underOne) / alarms, 1)} % of ${alarms}`
}

function meanOf(evaluations: readonly Evaluation[], of: (one: Evaluation) => number | null): string {
  const values = evaluations.flatMap((one) => of(one) ?? [])
  return number(values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length)
}
