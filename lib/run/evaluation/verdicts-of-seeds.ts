import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Learnt } from "@/lib/insight/verdicts/learn-ratios"
import { ratiosTable } from "@/lib/run/evaluation/ratios-table"
import { verdictCauses, type VerdictFigures } from "@/lib/run/evaluation/score-verdicts"
import type { Parameters } from "@/lib/run/simulation/world/parameters"
import { makeRun } from "@/lib/run/simulation/world/run"
import { writeFolder } from "@/lib/run/simulation/world/write-folder"

type Scored = {
  verdicts: VerdictFigures
  codeOnly: VerdictFigures
  priorOnly: VerdictFigures
  ratios: Learnt[]
}

/** Plays the fleet of each seed with and without cards. How right the verdicts are, as Markdown. */
export async function verdictsOfSeeds(parameters: Parameters, seeds: readonly number[]): Promise<string> {
  const [withCards, without]: [Scored[], Scored[]] = [[], []]
  for (const seed of seeds) {
    withCards.push(await scoreSeed({ ...parameters, hasCards: true }, seed))
    without.push(await scoreSeed({ ...parameters, hasCards: false }, seed))
  }
  return [
    `| | macro F1 | ${verdictCauses.join(" | ")} | each seed |`,
    `| --- | ${verdictCauses.map(() => "---").join(" | ")} | --- | --- |`,
    row("verdicts, with cards", withCards, ({ verdicts }) => verdicts),
    row("verdicts, without cards", without, ({ verdicts }) => verdicts),
    row("the codes' causes alone", withCards, ({ codeOnly }) => codeOnly),
    row("the priors alone", withCards, ({ priorOnly }) => priorOnly),
    "",
    "| said with a certainty of | right, with cards | right, without |",
    "| --- | --- | --- |",
    ...calibration(withCards, without),
    "",
    ratiosTable(withCards[0]?.ratios ?? []),
  ].join("\n")
}

async function scoreSeed(parameters: Parameters, seed: number): Promise<Scored> {
  const folder = mkdtempSync(join(tmpdir(), "verdicts-"))
  try {
    await writeFolder(makeRun(parameters, seed), { folder, beatSeconds: 3600 })
    // A process has one database.
    const command = `--import tsx lib/run/commands/evaluate.ts --verdicts --burn ${parameters.burnIn}`
    execFileSync(process.execPath, [...command.split(" "), "--folder", folder], {
      stdio: ["ignore", "ignore", "inherit"],
    })
    const score = JSON.parse(readFileSync(join(folder, "out", "score.json"), "utf8")) as Omit<
      Scored,
      "codeOnly" | "priorOnly"
    > &
      Record<"codeOnly" | "priorOnly", { verdicts: VerdictFigures }>
    const { verdicts, codeOnly, priorOnly, ratios } = score
    return { verdicts, codeOnly: codeOnly.verdicts, priorOnly: priorOnly.verdicts, ratios }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function row(name: string, scored: readonly Scored[], figuresOf: (one: Scored) => VerdictFigures): string {
  const figures = scored.map(figuresOf)
  const cells = [
    mean(figures.map(({ macroF1 }) => macroF1)).toFixed(3),
    ...verdictCauses.map((cause) => mean(figures.map(({ f1 }) => f1[cause] ?? 0)).toFixed(3)),
    figures.map(({ macroF1 }) => macroF1.toFixed(3)).join(", "),
  ]
  return `| ${[name, ...cells].join(" | ")} |`
}

/** By tenths of certainty: the mean certainty, and the share that was right. */
function calibration(withCards: readonly Scored[], without: readonly Scored[]): string[] {
  const rightOf = (scored: readonly Scored[], tenth: number) => {
    const bins = scored.flatMap(({ verdicts }) =>
      verdicts.calibration.filter(({ certainty }) => Math.min(9, Math.floor(certainty * 10)) === tenth),
    )
    const sales = bins.reduce((sum, bin) => sum + bin.sales, 0)
    const sum = (of: (bin: (typeof bins)[number]) => number) =>
      Math.round((100 * bins.reduce((total, bin) => total + bin.sales * of(bin), 0)) / Math.max(1, sales))
    return sales === 0
      ? "–"
      : `said ${sum((bin) => bin.certainty)} %, right ${sum((bin) => bin.right)} % of ${sales}`
  }
  return Array.from({ length: 10 }, (_, tenth) => tenth)
    .map((tenth) => [
      `${10 * tenth} to ${10 * tenth + 10} %`,
      rightOf(withCards, tenth),
      rightOf(without, tenth),
    ])
    .filter(([, ...cells]) => cells.some((cell) => cell !== "–"))
    .map((cells) => `| ${cells.join(" | ")} |`)
}
