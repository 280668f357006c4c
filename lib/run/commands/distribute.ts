import { parseArgs } from "node:util"
import { distribute } from "@/lib/base/db/distribute"
import { runCommand } from "@/lib/run/commands/run-command"

await runCommand(async () => {
  const { values } = parseArgs({ options: { "dry-run": { type: "boolean", default: false } } })
  const count = await distribute({
    isDryRun: values["dry-run"],
    onStatement: (statement) => process.stdout.write(`${statement};\n`),
  })
  if (count === 0) process.stdout.write("All tables are distributed already.\n")
})
