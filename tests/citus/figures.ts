import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import pg from "pg"
import { clusterAt, databaseAt, joinNodes } from "@/tests/support/cluster"

// Ingest and fold on a cluster beside those of a plain database on its coordinator's server, in turns.
const [url = ""] = process.argv.slice(2)
const rounds = 2

type Half = { rows: number; alone: number; folding: number; fold: number }

const run = (script: string, database: string) =>
  execFileSync(process.execPath, ["--import", "tsx", script], {
    env: { ...process.env, DATABASE_URL: database, NEXTAUTH_SECRET: "s".repeat(32), LOG_LEVEL: "warn" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  })

async function on(address: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Measures a new database on these nodes, the coordinator's alone if there is one. */
async function measured(nodes: string[], prepare: (name: string) => Promise<void>): Promise<Half> {
  const name = `figures_${randomBytes(6).toString("hex")}`
  const database = databaseAt(url, name)
  for (const node of nodes) await on(node, `create database ${name}`)
  try {
    await prepare(name)
    run("lib/run/commands/migrate.ts", database)
    if (nodes.length > 1) run("lib/run/commands/distribute.ts", database)
    return JSON.parse(run("tests/citus/figures-half.ts", database).trim().split("\n").at(-1) ?? "") as Half
  } finally {
    for (const node of nodes) await on(node, `drop database ${name} with (force)`)
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
