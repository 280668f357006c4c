import { runCommand } from "@/lib/run/commands/run-command"
import { runMany } from "@/tests/many/run-many"

await runCommand(() => runMany((text) => process.stdout.write(`${text}\n`)))
