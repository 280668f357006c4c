import { join } from "node:path"
import { parseArgs } from "node:util"
import { sensitivities } from "@/lib/access/organisation/words"
import { AppError } from "@/lib/base/errors"
import { isZone } from "@/lib/base/time/zone"
import { shippedSystems } from "@/lib/fleet/code-packs/load-packs"
import { runCommand } from "@/lib/run/commands/run-command"
import { evaluate } from "@/lib/run/evaluation/evaluate"
import { evaluateSilence } from "@/lib/run/evaluation/evaluate-availability"
import { evaluateMoves } from "@/lib/run/evaluation/evaluate-moves"
import { differencesOf, evaluateReplacement } from "@/lib/run/evaluation/evaluate-replacement"
import { evaluateThree } from "@/lib/run/evaluation/evaluate-three"
import { evaluateTrends } from "@/lib/run/evaluation/evaluate-trends"
import { evaluateWeeks } from "@/lib/run/evaluation/evaluate-weeks"
import { tableOf, type Figures } from "@/lib/run/evaluation/figures"
import { evaluateFolder } from "@/lib/run/evaluation/folder/evaluate-folder"
import { reportOf } from "@/lib/run/evaluation/report"
import { verdictsOfSeeds } from "@/lib/run/evaluation/verdicts-of-seeds"
import { completed, defaults, stressed, type Parameters } from "@/lib/run/simulation/world/parameters"

const usage =
  "npm run evaluate -- --seeds 101,102,103 [--terminals 2000] [--stress] [--full] " +
  "[--sensitivity high|normal|low] [--json]\n" +
  "or npm run evaluate -- --trends|--replacement|--moves|--availability [--seeds 101,102,103] [--json]\n" +
  "or npm run evaluate -- --verdicts --seeds 101,102,103 [--terminals 100] [--stress] [--full]\n" +
  "or npm run evaluate -- --folder DIR [--zone Asia/Shanghai] [--burn 30] [--codes unionpay] [--verdicts] " +
  "[--out DIR/out]"

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "101,102,103" },
    terminals: { type: "string" },
    stress: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    sensitivity: { type: "string", default: "normal" },
    json: { type: "boolean", default: false },
    folder: { type: "string" },
    out: { type: "string" },
    zone: { type: "string", default: defaults.zone },
    burn: { type: "string", default: String(defaults.burnIn) },
    codes: { type: "string" },
    verdicts: { type: "boolean", default: false },
    trends: { type: "boolean", default: false },
    replacement: { type: "boolean", default: false },
    moves: { type: "boolean", default: false },
    availability: { type: "boolean", default: false },
  },
})

/** Records go through a database, which takes longer than the engine alone. */
const [verdictTerminals, verdictDays] = [100, 30]

function chosenSeeds(): number[] {
  const seeds = values.seeds.split(",").map(Number)
  if (!seeds.every(Number.isInteger)) throw new AppError("invalid", `Usage: ${usage}`)
  return seeds
}

/** Prints a table for each kind of world, with one row or more for each seed. */
function printWorlds(...kinds: ((seed: number) => Figures[])[]): void {
  const tables = kinds.map((worldsOf) =>
    chosenSeeds().flatMap((seed) => worldsOf(seed).map((figures) => ({ seed, ...figures }))),
  )
  const text = values.json ? JSON.stringify(tables.flat(), null, 2) : tables.map(tableOf).join("\n\n")
  process.stdout.write(`${text}\n`)
}

/** What each policy costs by seed, and how ours differs from the best other one over all seeds. */
function printReplacement(): void {
  const costs = chosenSeeds().map((seed) => ({ seed, rows: evaluateReplacement(seed) }))
  const bySeed = costs.flatMap(({ seed, rows }) => rows.map((row) => ({ seed, ...row })))
  const differences = differencesOf(costs.flatMap(({ rows }) => rows))
  const text = values.json
    ? JSON.stringify({ costs: bySeed, differences }, null, 2)
    : [bySeed, differences].map(tableOf).join("\n\n")
  process.stdout.write(`${text}\n`)
}

/** With more noise, and with what a real fleet has beside, if asked for. */
function fleetOf(sized: Parameters): Parameters {
  const noisy = values.stress ? stressed(sized) : sized
  return values.full ? completed(noisy) : noisy
}

async function evaluateSeeds(): Promise<void> {
  const seeds = chosenSeeds()
  const terminals = Number(values.terminals ?? defaults.terminals)
  const sensitivity = sensitivities.find((name) => name === values.sensitivity)
  if (!(terminals >= 1) || !sensitivity) throw new AppError("invalid", `Usage: ${usage}`)
  const parameters = fleetOf({ ...defaults, terminals })
  const evaluations = []
  for (const seed of seeds) {
    const begun = performance.now()
    evaluations.push(evaluate(parameters, seed, { sensitivity }))
    process.stderr.write(`• seed ${seed}: ${((performance.now() - begun) / 1000).toFixed(0)} s\n`)
  }
  process.stdout.write(`${values.json ? JSON.stringify(evaluations, null, 2) : reportOf(evaluations)}\n`)
}

async function evaluateOne(folder: string): Promise<void> {
  const burnIn = Number(values.burn)
  if (!isZone(values.zone) || !Number.isInteger(burnIn) || burnIn < 0)
    throw new AppError("invalid", `Usage: ${usage}`)
  const systems = await shippedSystems()
  if (values.codes !== undefined && !systems.includes(values.codes))
    throw new AppError("invalid", `There is no code system ${values.codes}. Known: ${systems.join(", ")}.`)
  await evaluateFolder({
    folder,
    out: values.out ?? join(folder, "out"),
    zone: values.zone,
    burnIn,
    codeSystem: values.codes,
    withVerdicts: values.verdicts,
    say: (text) => process.stderr.write(`${text}\n`),
  })
}

async function evaluateVerdicts(): Promise<void> {
  const terminals = Number(values.terminals ?? verdictTerminals)
  if (!(terminals >= 1)) throw new AppError("invalid", `Usage: ${usage}`)
  const parameters = fleetOf({ ...defaults, terminals, days: verdictDays, burnIn: verdictDays / 3 })
  process.stdout.write(`${await verdictsOfSeeds(parameters, chosenSeeds())}\n`)
}

await runCommand(async () => {
  if (values.folder !== undefined) return evaluateOne(values.folder)
  if (values.verdicts) return evaluateVerdicts()
  if (values.trends) return printWorlds(evaluateTrends, evaluateWeeks)
  if (values.replacement) return printReplacement()
  if (values.moves) return printWorlds(evaluateMoves)
  if (values.availability) return printWorlds(evaluateSilence, evaluateThree)
  return evaluateSeeds()
})
