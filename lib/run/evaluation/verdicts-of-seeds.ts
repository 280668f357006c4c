import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Learnt } from "@/lib/insight/verdicts/learn-ratios"
import { ratiosTable } from "@/lib/run/evaluation/ratios-table"
import { verdictCauses, type Bin, type VerdictFigures } from "@/lib/run/evaluation/score-verdicts"
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

type BinsOf = (one: Scored) => readonly Bin[]
/** Verdicts that are said with a certainty from `from` on and below `to`. */
type Band = { from: number; to: number }

/** The tenths of certainty, and what is said at 80 %. */
const bands: Band[] = [
  ...Array.from({ length: 10 }, (_, tenth) => ({ from: tenth / 10, to: (tenth + 1) / 10 })),
  { from: 0.75, to: 0.85 },
]

/** How certain verdicts are, and how many are right: of all with and without cards, and by the cause said. */
function calibration(withCards: readonly Scored[], without: readonly Scored[]): string[] {
  const columns: [string, readonly Scored[], BinsOf][] = [
    ["all, with cards", withCards, ({ verdicts }) => verdicts.calibration],
    ["all, without", without, ({ verdicts }) => verdicts.calibration],
    ...verdictCauses.map((cause): [string, readonly Scored[], BinsOf] => [
      cause,
      withCards,
      ({ verdicts }) => verdicts.calibrationByCause[cause] ?? [],
    ]),
  ]
  const rows = bands.map((band) => [
    `${Math.round(100 * band.from)} to ${Math.round(100 * band.to)} %`,
    ...columns.map(([, scored, binsOf]) => rightOf(scored.flatMap(binsOf), band)),
  ])
  return [
    `| said with a certainty of | ${columns.map(([name]) => name).join(" | ")} |`,
    `| --- | ${columns.map(() => "---").join(" | ")} |`,
    ...rows
      .filter(([, ...cells]) => cells.some((cell) => cell !== "–"))
      .map((cells) => `| ${cells.join(" | ")} |`),
  ]
}

/** The mean certainty, the share that was right, and of how many. */
function rightOf(found: readonly Bin[], { from, to }: Band): string {
  const within = found.filter((bin) => bin.from > from - 0.01 && bin.from < to - 0.01)
  const sales = within.reduce((sum, bin) => sum + bin.sales, 0)
  const percent = (of: (bin: Bin) => number) =>
    Math.round((100 * within.reduce((sum, bin) => sum + bin.sales * of(bin), 0)) / sales)
  return sales === 0
    ? "–"
    : `${percent((bin) => bin.certainty)} said, ${percent((bin) => bin.right)} right, of ${sales}`
}
