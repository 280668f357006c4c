import { parseArgs } from "node:util"
import { runCommand } from "@/lib/command"
import { AppError } from "@/lib/errors"
import { benchIngest } from "@/tests/bench/ingest"

const usage = "npm run bench -- ingest [--seconds 20] [--terminals 8000] [--only heartbeats|transactions|singles|overload] [--json]"

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seconds: { type: "string", default: "20" }, terminals: { type: "string", default: "8000" }, json: { type: "boolean", default: false }, only: { type: "string" } },
  })
  if (positionals[0] !== "ingest") throw new AppError("invalid", `Usage: ${usage}`)
  const lines = await benchIngest({ seconds: Number(values.seconds), terminals: Number(values.terminals), only: values.only, say: (text) => process.stderr.write(`• ${text}\n`) })
  if (values.json) process.stdout.write(`${JSON.stringify(lines, null, 2)}\n`)
  else for (const [name, value] of Object.entries(lines)) process.stdout.write(`${name.padEnd(64)} ${typeof value === "number" ? Number(value.toPrecision(3)) : value}\n`)
})
