import { parseArgs } from "node:util"
import { AppError } from "@/lib/base/errors"
import { runCommand } from "@/lib/run/commands/run-command"
import { benchEngine } from "@/tests/bench/engine"
import { benchFlags } from "@/tests/bench/flags"
import { benchImport } from "@/tests/bench/import"
import { benchIngest } from "@/tests/bench/ingest"
import { nightsLikeWorker } from "@/tests/bench/nights-process"
import { benchRead } from "@/tests/bench/read"
import { benchVerdicts } from "@/tests/bench/verdicts"

const usage = [
  "npm run bench -- ingest [--seconds 20] [--terminals 12000] [--profile] [--json]",
  "                        [--only heartbeats|transactions|singles|overload]",
  "npm run bench -- import [--kind transactions|terminals] [--rows N] [--xlsx] [--json]",
  "npm run bench -- read [--terminals 1000,10000,100000] [--only CALL] [--json]",
  "npm run bench -- flags [--terminals 100000] [--only engine|rounds|nights] [--json]",
  "npm run bench -- verdicts [--rows 100000] [--json]",
].join("\n")

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    seconds: { type: "string", default: "20" },
    terminals: { type: "string" },
    only: { type: "string" },
    profile: { type: "boolean", default: false },
    rows: { type: "string" },
    xlsx: { type: "boolean", default: false },
    kind: { type: "string", default: "transactions" },
  },
})

const isAsked = (part: string) => values.only === undefined || values.only === part
const say = (text: string) => process.stderr.write(`• ${text}\n`)

const benches: Partial<Record<string, () => Promise<Record<string, string | number>>>> = {
  ingest: () =>
    benchIngest({
      seconds: Number(values.seconds),
      terminals: Number(values.terminals ?? 12_000),
      only: values.only,
      profile: values.profile,
      say,
    }),
  read: () =>
    benchRead({
      sizes: (values.terminals ?? "1000,10000,100000").split(",").map(Number),
      only: values.only,
      isJson: values.json,
    }),
  flags: async () => {
    const terminals = Number(values.terminals ?? 100_000)
    return {
      ...(isAsked("engine") ? benchEngine({ terminals, say }) : {}),
      ...(isAsked("rounds") ? await benchFlags({ terminals, say }) : {}),
      ...(isAsked("nights") ? nightsLikeWorker(terminals) : {}),
    }
  },
  verdicts: () => benchVerdicts({ failed: Number(values.rows ?? 100_000), say }),
  import: () => {
    const kind = values.kind === "terminals" ? values.kind : "transactions"
    return benchImport({
      rows: Number(values.rows ?? (kind === "terminals" ? 100_000 : values.xlsx ? 200_000 : 1_000_000)),
      xlsx: values.xlsx,
      kind,
    })
  },
}

await runCommand(async () => {
  const bench = benches[positionals[0] ?? ""]
  if (!bench) throw new AppError("invalid", `Usage:\n${usage}`)
  const figures = await bench()
  if (values.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`)
  else
    for (const [name, value] of Object.entries(figures))
      process.stdout.write(
        `${name.padEnd(64)} ${typeof value === "number" ? Number(value.toPrecision(3)) : value}\n`,
      )
})
