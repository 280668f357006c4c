import { join } from "node:path"
import { parseArgs } from "node:util"
import { AppError } from "@/lib/base/errors"
import { isZone } from "@/lib/base/time/zone"
import { shippedSystems } from "@/lib/fleet/code-packs/load-packs"
import { sensitivities, type Sensitivity } from "@/lib/insight/engine/terms/settings"
import { runCommand } from "@/lib/run/commands/run-command"
import { evaluate } from "@/lib/run/evaluation/evaluate"
import { evaluateFolder } from "@/lib/run/evaluation/folder/evaluate-folder"
import { reportOf } from "@/lib/run/evaluation/report"
import { completed, defaults, stressed } from "@/lib/run/simulation/world/parameters"

const usage =
  "npm run evaluate -- --seeds 101,102,103 [--terminals 2000] [--stress] [--full] " +
  "[--sensitivity high|normal|low] [--json]\n" +
  "or npm run evaluate -- --folder DIR [--zone Asia/Shanghai] [--burn 30] [--codes unionpay] [--verdicts] " +
  "[--out DIR/out]"

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "101,102,103" },
    terminals: { type: "string", default: String(defaults.terminals) },
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
  },
})

const isSensitivity = (text: string): text is Sensitivity => Object.hasOwn(sensitivities, text)

async function evaluateSeeds(): Promise<void> {
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

await runCommand(() => (values.folder === undefined ? evaluateSeeds() : evaluateOne(values.folder)))
