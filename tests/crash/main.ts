import { spawnSync } from "node:child_process"
import { parseArgs } from "node:util"
import { runCommand } from "@/lib/run/commands/run-command"
import { clusterServer } from "@/tests/citus/cluster-server"
import { checkLaunch } from "@/tests/crash/check-launch"
import { checkWork } from "@/tests/crash/check-work"
import { runCrash } from "@/tests/crash/run-crash"

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "20" },
    seconds: { type: "string", default: "15" },
    seed: { type: "string", default: "1" },
    all: { type: "boolean", default: false },
    // A Citus cluster in place of a PostgreSQL of its own; see tests/citus.
    url: { type: "string" },
    restart: { type: "string" },
  },
})
const [runs, seconds, first] = [Number(values.runs), Number(values.seconds), Number(values.seed)]
const { url, restart } = values
const server = url ? clusterServer({ url, restart, first }) : undefined
const ofCluster = Object.entries({ url, restart }).flatMap(([name, value]) =>
  value ? [`--${name}`, value] : [],
)

/** Runs in a process of its own, because the environment, with the run's database, is read only once. */
function runApart(seed: number): boolean {
  const args = [
    "--import",
    "tsx",
    "tests/crash/main.ts",
    "--runs",
    "1",
    "--seconds",
    String(seconds),
    "--seed",
    String(seed),
    ...ofCluster,
  ]
  return spawnSync(process.execPath, args, { stdio: "inherit" }).status === 0
}

if (values.all) {
  if (!server) {
    await checkLaunch()
    process.stdout.write(
      "npm start survives the death of PostgreSQL, and nothing outlives a killed launcher\n",
    )
  }
  await checkWork((text) => void process.stdout.write(`${text}\n`), server)
}
if (runs > 1 || values.all) {
  for (let seed = first; seed < first + runs; seed += 1) if (!runApart(seed)) process.exitCode = 1
} else {
  await runCommand(async () => {
    const { records, kills, retries } = await runCrash({ seed: first, seconds, server, say: () => undefined })
    process.stdout.write(
      `seed ${first}: ${records} records, killed ${kills.join(", ")}, ${retries} retries: ` +
        "no record is lost or counted twice\n",
    )
  })
}
