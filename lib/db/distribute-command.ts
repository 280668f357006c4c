import { parseArgs } from "node:util"
import { runCommand } from "@/lib/command"
import { distribute } from "@/lib/db/distribute"

await runCommand(async () => {
  const { values } = parseArgs({ options: { "dry-run": { type: "boolean", default: false } } })
  const count = await distribute({
    isDryRun: values["dry-run"],
    onStatement: (statement) => process.stdout.write(`${statement};\n`),
  })
  if (count === 0) process.stdout.write("All tables are distributed already.\n")
})
