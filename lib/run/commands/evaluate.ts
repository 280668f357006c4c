import { parseArgs } from "node:util"
import { AppError } from "@/lib/base/errors"
import { sensitivities, type Sensitivity } from "@/lib/insight/engine/terms/settings"
import { runCommand } from "@/lib/run/commands/run-command"
import { evaluate } from "@/lib/run/evaluation/evaluate"
import { reportOf } from "@/lib/run/evaluation/report"
import { completed, defaults, stressed } from "@/lib/run/simulation/world/parameters"

const usage =
  "npm run evaluate -- --seeds 101,102,103 [--terminals 2000] [--stress] [--full] " +
  "[--sensitivity high|normal|low] [--json]"

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "101,102,103" },
    terminals: { type: "string", default: String(defaults.terminals) },
    stress: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    sensitivity: { type: "string", default: "normal" },
    json: { type: "boolean", default: false },
  },
})

const isSensitivity = (text: string): text is Sensitivity => Object.hasOwn(sensitivities, text)

await runCommand(async () => {
  const seeds = values.seeds.split(",").map(Number)
  const terminals = Number(values.terminals)
  const { sensitivity } = values
  if (!seeds.every(Number.isInteger) || !(terminals >= 1) || !isSensitivity(sensitivity))
    throw new AppError("invalid", `Usage: ${usage}`)
  const sized = { ...defaults, terminals }
  const noisy = values.stress ? stressed(sized) : sized
  const parameters = values.full ? completed(noisy) : noisy
  const evaluations = []
  for (const seed of seeds) {
    const begun = performance.now()
    evaluations.push(evaluate(parameters, seed, { sensitivity }))
    process.stderr.write(`• seed ${seed}: ${((performance.now() - begun) / 1000).toFixed(0)} s\n`)
  }
  process.stdout.write(`${values.json ? JSON.stringify(evaluations, null, 2) : reportOf(evaluations)}\n`)
})
