import { parseArgs } from "node:util"
import { runCommand } from "@/lib/command"
import { runCrash } from "@/tests/crash/run-crash"

await runCommand(async () => {
  const { values } = parseArgs({ options: { runs: { type: "string", default: "20" }, seconds: { type: "string", default: "15" }, seed: { type: "string", default: "1" } } })
  for (let run = 0; run < Number(values.runs); run += 1) {
    const seed = Number(values.seed) + run
    const { records, kills, retries } = await runCrash({ seed, seconds: Number(values.seconds), say: () => undefined })
    process.stdout.write(`seed ${seed}: ${records} records, killed ${kills.join(", ")}; ${retries} retries: nothing lost, nothing twice\n`)
  }
})
