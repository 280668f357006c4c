import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { clusterAt, databaseAt, dropDatabase, joinNodes } from "@/tests/support/cluster"
import { runOn } from "@/tests/support/commands"
import { onServer } from "@/tests/support/on-server"

// Ingest and fold on a cluster beside those of a plain database on its coordinator's server, in turns.
const [url = ""] = process.argv.slice(2)
const rounds = 2

type Half = { rows: number; alone: number; folding: number; fold: number }

const half = (database: string): Half => {
  const said = execFileSync(process.execPath, ["--import", "tsx", "tests/citus/figures-half.ts"], {
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
    return half(database)
  } finally {
    await dropDatabase(nodes, name)
  }
}

const cluster = await clusterAt(url)
const plain: Half[] = []
const citus: Half[] = []
for (let round = 0; round < rounds; round += 1) {
  plain.push(await measured([url], () => Promise.resolve()))
  citus.push(await measured(cluster.nodes, (name) => joinNodes(cluster, name)))
}

const meanOf = (halves: Half[], figure: keyof Half) =>
  halves.reduce((sum, half) => sum + half[figure], 0) / halves.length
const line = (name: string, figure: keyof Half, digits: number, limit: string) => {
  const [one, many] = [meanOf(plain, figure), meanOf(citus, figure)]
  process.stdout.write(
    `${name.padEnd(44)} ${one.toFixed(digits).padStart(8)} ${many.toFixed(digits).padStart(8)}` +
      ` ${(many / one).toFixed(2).padStart(6)}  ${limit}\n`,
  )
}
process.stdout.write(
  `${"".padEnd(44)} ${"plain".padStart(8)} ${"Citus".padStart(8)} ${"ratio".padStart(6)}\n`,
)
line("ingest, rows a second", "alone", 0, "")
line("ingest while the worker folds, rows a second", "folding", 0, "at least 0.33")
line("fold of all groups, seconds", "fold", 1, "at most 1.2")
