import { parseArgs } from "node:util"
import cliProgress from "cli-progress"
import { AppError } from "@/lib/base/errors"
import { runCommand } from "@/lib/run/commands/run-command"
import { completed, defaults, stressed } from "@/lib/run/simulation/world/parameters"
import { makeRun } from "@/lib/run/simulation/world/run"
import { writeFolder } from "@/lib/run/simulation/world/write-folder"

const usage =
  "npm run simulate -- --out DIR [--seed 1] [--terminals 2000] [--days 90] [--beat-seconds 3600] " +
  "[--full] [--stress] [--no-cards]"

const { values } = parseArgs({
  options: {
    out: { type: "string" },
    seed: { type: "string", default: "1" },
    terminals: { type: "string", default: "2000" },
    days: { type: "string", default: "90" },
    "beat-seconds": { type: "string", default: "3600" },
    full: { type: "boolean", default: false },
    stress: { type: "boolean", default: false },
    "no-cards": { type: "boolean", default: false },
  },
})

const whole = (name: "seed" | "terminals" | "days" | "beat-seconds", least: number): number => {
  const number = Number(values[name])
  if (!Number.isInteger(number) || number < least)
    throw new AppError("invalid", `--${name} is a whole number from ${least} on.\nUsage: ${usage}`)
  return number
}

await runCommand(async () => {
  if (values.out === undefined) throw new AppError("invalid", `Usage: ${usage}`)
  const days = whole("days", 2)
  const burnIn = Math.min(defaults.burnIn, Math.floor(days / 3))
  const hasCards = !values["no-cards"]
  const sized = { ...defaults, terminals: whole("terminals", 1), days, burnIn, hasCards }
  const noisy = values.stress ? stressed(sized) : sized
  const run = makeRun(values.full ? completed(noisy) : noisy, whole("seed", 0))
  const bar = new cliProgress.SingleBar({ format: "{bar} day {value} of {total}", noTTYOutput: true })
  bar.start(days, 0)
  await writeFolder(run, {
    folder: values.out,
    beatSeconds: whole("beat-seconds", 60),
    onDay: (day) => bar.update(day),
  }).finally(() => bar.stop())
  process.stdout.write(`Written to ${values.out}\n`)
})
