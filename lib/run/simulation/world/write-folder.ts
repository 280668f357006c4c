import { once } from "node:events"
import { createWriteStream, mkdirSync, type WriteStream } from "node:fs"
import { join } from "node:path"
import { finished } from "node:stream/promises"
import { stringify } from "csv-stringify/sync"
import { Random } from "@/lib/run/simulation/random"
import { beatsOf } from "@/lib/run/simulation/world/beats"
import { midnight } from "@/lib/run/simulation/world/clock"
import type { Store, Terminal } from "@/lib/run/simulation/world/fleet"
import { fleetDays, type FleetDay } from "@/lib/run/simulation/world/fleet-days"
import { lateness, type Run } from "@/lib/run/simulation/world/run"
import type { TerminalDay } from "@/lib/run/simulation/world/sales"
import { transactionsOf } from "@/lib/run/simulation/world/transactions"
import { truthLines } from "@/lib/run/simulation/world/truth-lines"

const dayMs = 24 * 3_600_000

/** Writes a run as a folder of records, as they arrive, with its truth. */
export async function writeFolder(
  run: Run,
  {
    folder,
    beatSeconds,
    onDay = () => undefined,
  }: { folder: string; beatSeconds: number; onDay?: (day: number) => void },
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const files = new Files(folder)
  await files.write("terminals.csv", terminalRows(run))
  for (const line of truthLines(run)) await files.write("truth.ndjson", `${JSON.stringify(line)}\n`)
  await files.write("labels.ndjson", "")
  const late = new Map<number, string[]>()
  for (const fleetDay of fleetDays(run)) {
    onDay(fleetDay.day)
    for (const made of fleetDay.sold) await writeSales(run, files, { made, late })
    await endDay(run, files, { fleetDay, late, beatSeconds })
  }
  onDay(run.parameters.days)
  await files.end()
}

type Ending = { fleetDay: FleetDay; late: Map<number, string[]>; beatSeconds: number }

/** Heartbeats of a day, and what arrives late on the next. */
async function endDay(run: Run, files: Files, { fleetDay, late, beatSeconds }: Ending): Promise<void> {
  const { day, beating } = fleetDay
  for (const one of beating)
    for (const beat of beatsOf(run, one, beatSeconds)) {
      const at = String(beat["at"])
      await files.write(`hb-${at.slice(0, 10)}.ndjson`, `${JSON.stringify(beat)}\n`)
    }
  // What arrives after the end of the run is left out.
  if (day + 1 < run.parameters.days)
    for (const lines of late.get(day + 1) ?? []) await files.write(`tx-${dateOf(run, day + 1)}.ndjson`, lines)
  late.delete(day + 1)
  files.endBefore(dateOf(run, day - 1))
}

/** The UTC date of a day: stores open after midnight UTC and close before. */
const dateOf = ({ parameters }: Run, day: number): string =>
  new Date(midnight(parameters) + day * dayMs + dayMs / 2).toISOString().slice(0, 10)

async function writeSales(
  run: Run,
  files: Files,
  { made, late }: { made: TerminalDay; late: Map<number, string[]> },
): Promise<void> {
  const { terminal, day } = made
  const random = new Random(run.seed, "transport", terminal.index, day)
  const { duplicates = 0, replayedDays = 0 } = run.parameters.complete ?? {}
  const sales = transactionsOf(run, made)
  const lines = sales.flatMap(({ record }) => {
    const line = `${JSON.stringify(record)}\n`
    return duplicates > 0 && random.chance(duplicates) ? [line, line] : [line]
  })
  const labels = sales.flatMap(({ record, cause }) =>
    cause === null
      ? []
      : [`${JSON.stringify({ terminal: record["terminal"], id: record["id"], at: record["at"], cause })}\n`],
  )
  await files.write("labels.ndjson", labels.join(""))
  const arrives = day + lateness(run, terminal.index, day)
  const wait = (until: number) => late.set(until, [...(late.get(until) ?? []), lines.join("")])
  if (arrives === day) await files.write(`tx-${dateOf(run, day)}.ndjson`, lines.join(""))
  else wait(arrives)
  if (replayedDays > 0 && random.chance(replayedDays)) wait(arrives + 1)
}

const terminalRows = (run: Run): string => {
  const row = ({ serial, model, acquirer }: Terminal, store: Store, from: string) => ({
    serial,
    model,
    merchant: store.merchant,
    store: store.code,
    zone: "Asia/Shanghai",
    open: `${store.opens}:00`,
    close: `${store.closes}:00`,
    acquirer,
    from,
  })
  const rows = run.fleet.terminals.flatMap((one) => [
    row(one, one.store, ""),
    ...(one.move ? [row(one, one.move.store, dateOf(run, one.move.day))] : []),
  ])
  return stringify(rows, { header: true })
}

/** Files that are written at the same time. */
class Files {
  readonly #folder: string
  readonly #open = new Map<string, WriteStream>()

  constructor(folder: string) {
    this.#folder = folder
  }

  async write(name: string, text: string): Promise<void> {
    let stream = this.#open.get(name)
    if (!stream) {
      stream = createWriteStream(join(this.#folder, name))
      this.#open.set(name, stream)
    }
    if (!stream.write(text)) await once(stream, "drain")
  }

  /** Ends files of days before this date. */
  endBefore(date: string): void {
    for (const [name, stream] of this.#open) {
      const of = /^(?:tx|hb)-(.+)\.ndjson$/.exec(name)?.[1]
      if (of !== undefined && of < date) {
        stream.end()
        this.#open.delete(name)
      }
    }
  }

  async end(): Promise<void> {
    const streams = [...this.#open.values()]
    for (const stream of streams) stream.end()
    await Promise.all(streams.map((stream) => finished(stream)))
  }
}
