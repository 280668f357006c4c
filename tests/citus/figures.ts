import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { quantile } from "@/tests/bench/measure"
import { clusterAt, databaseAt, dropDatabase, joinNodes } from "@/tests/support/cluster"
import { runOn } from "@/tests/support/commands"
import { onServer } from "@/tests/support/on-server"

// Ingest and fold on a cluster beside those of a plain database on its coordinator's server, in turns. All
// nodes run on this machine.
const [url = "", rounds = "2"] = process.argv.slice(2)

type Spent = { seconds: number; processor: number }
type Half = { rows: number; sent: Spent; folded: Spent; folding: Spent }

const half = (database: string, nodes: string[]): Half => {
  const script = ["--import", "tsx", "tests/citus/figures-half.ts"]
  const said = execFileSync(process.execPath, [...script, ...nodes], {
    env: { ...process.env, DATABASE_URL: database, NEXTAUTH_SECRET: "s".repeat(32), LOG_LEVEL: "warn" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  })
  return JSON.parse(said.trim().split("\n").at(-1) ?? "") as Half
}

/** Measures a new database on these nodes, the coordinator's alone if there is one. */
async function measured(nodes: string[], prepare: (name: string) => Promise<void>): Promise<Half> {
  const name = `figures_${randomBytes(6).toString("hex")}`
  const database = databaseAt(url, name)
  for (const node of nodes) await onServer(node, (client) => client.query(`create database ${name}`))
  try {
    await prepare(name)
    runOn(database, "migrate")
    if (nodes.length > 1) runOn(database, "distribute")
    return half(database, nodes)
  } finally {
    await dropDatabase(nodes, name)
  }
}

const cluster = await clusterAt(url)
const plain: Half[] = []
const citus: Half[] = []
for (let round = 0; round < Number(rounds); round += 1) {
  plain.push(await measured([url], () => Promise.resolve()))
  citus.push(await measured(cluster.nodes, (name) => joinNodes(cluster, name)))
  print()
}

function print() {
  const line = (name: string, figure: (half: Half) => number, digits: number, limit = "") => {
    const [one = 0, many = 0] = [plain, citus].map((halves) => quantile(halves.map(figure), 0.5))
    process.stdout.write(
      `${name.padEnd(44)} ${one.toFixed(digits).padStart(8)} ${many.toFixed(digits).padStart(8)}` +
        ` ${(many / one).toFixed(2).padStart(6)}  ${limit}\n`,
    )
  }
  process.stdout.write(
    `${`medians of ${plain.length}`.padEnd(44)} ${"plain".padStart(8)} ${"Citus".padStart(8)} ` +
      `${"ratio".padStart(6)}\n`,
  )
  line("ingest, rows a second", ({ rows, sent }) => rows / sent.seconds, 0)
  line("ingest, processor seconds", ({ sent }) => sent.processor, 1)
  line(
    "ingest while the worker folds, rows a second",
    ({ rows, folding }) => rows / folding.seconds,
    0,
    "≥ .33",
  )
  line("fold, seconds", ({ folded }) => folded.seconds, 2, "≤ 1.2")
  line("fold, processor seconds", ({ folded }) => folded.processor, 2, "≤ 1.2")
}
