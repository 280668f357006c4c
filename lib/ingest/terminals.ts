import type { Db } from "@/lib/db/transaction"
import { enrolTerminals, findTerminals, type Found } from "@/lib/ingest/sql"

/** What a record says of its terminal; the master data serve to enrol an unknown one. */
export type Named = { terminal: string; at: number; acquirer: string | null; serial?: string; tid?: string; model?: string; store?: string }

export type Terminal = { terminalId: number; codeSystem: string | null }
export type Resolution = Terminal | "unknown_terminal" | "ambiguous_terminal"

/** The terminals of an organisation that go by the given names, to be asked record by record. */
export class TerminalDirectory {
  readonly #bySerial = new Map<string, Terminal>()
  readonly #byTid = new Map<string, Found[]>()

  constructor(found: Found[]) {
    for (const row of found) {
      if (row.tid === null) this.#bySerial.set(row.name, { terminalId: row.terminal_id, codeSystem: row.code_system })
      else this.#byTid.set(row.name, [...(this.#byTid.get(row.name) ?? []), row])
    }
  }

  /** A serial number counts before a TID; a TID is whose it was at the time, at the acquirer if one is named. */
  resolve({ terminal, at, acquirer, serial }: Named): Resolution {
    const known = this.#bySerial.get(terminal)
    if (known) return known
    const holders = (this.#byTid.get(terminal) ?? []).filter(
      (row) =>
        (row.from_at === null || row.from_at.getTime() <= at) &&
        (row.to_at === null || at < row.to_at.getTime()) &&
        (acquirer === null || row.acquirer === null || row.acquirer === acquirer),
    )
    const [holder] = holders
    if (holder && new Set(holders.map((row) => row.terminal_id)).size > 1) return "ambiguous_terminal"
    if (holder) return { terminalId: holder.terminal_id, codeSystem: holder.code_system }
    return (serial === undefined ? undefined : this.#bySerial.get(serial)) ?? "unknown_terminal"
  }
}

const namesOf = (records: Named[]) => [...new Set(records.flatMap(({ terminal, serial }) => (serial ? [terminal, serial] : [terminal])))]

/**
 * Finds the terminals that records name. Unknown ones are enrolled as pending where the organisation allows
 * it: in the store they name, or in the unassigned one.
 */
export async function directoryOf(db: Db, records: Named[], enrol: boolean): Promise<TerminalDirectory> {
  const directory = new TerminalDirectory(await findTerminals(db, namesOf(records)))
  if (!enrol) return directory
  const unknown = new Map<string, Named>()
  for (const record of records) {
    if (directory.resolve(record) === "unknown_terminal") {
      const serial = record.serial ?? record.terminal
      unknown.set(serial, { ...unknown.get(serial), ...record })
    }
  }
  if (unknown.size === 0) return directory
  await enrolTerminals(
    db,
    [...unknown].map(([serial, { terminal, tid, model, store }]) => ({
      serial,
      tid: tid ?? (terminal === serial ? null : terminal),
      model: model ?? null,
      store: store ?? null,
    })),
  )
  return new TerminalDirectory(await findTerminals(db, namesOf(records)))
}
