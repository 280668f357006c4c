import type { Db } from "@/lib/base/db/transaction"
import { enrolTerminals, findTerminals, readSettings, type Found } from "@/lib/intake/ingest/sql"

/** What a record says of its terminal; the master data serve to enrol an unknown one. */
export type Named = { terminal: string; at: number; acquirer: string | null } & {
  [MasterData in "serial" | "tid" | "model" | "store"]?: string | undefined
}

export type Terminal = { terminalId: number; codeSystem: string | null }
export type Resolution = Terminal | "unknown_terminal" | "ambiguous_terminal"

/** The terminals of an organisation that go by the given names, to be asked record by record. */
export class TerminalDirectory {
  readonly #bySerial = new Map<string, Terminal>()
  readonly #byTid = new Map<string, Found[]>()

  constructor(found: Found[]) {
    for (const row of found) {
      if (row.tid === null)
        this.#bySerial.set(row.name, { terminalId: row.terminal_id, codeSystem: row.code_system })
      else this.#byTid.set(row.name, [...(this.#byTid.get(row.name) ?? []), row])
    }
  }

  /**
   * A TID is whose it was at the time, at the acquirer if one is named. It counts before a serial number,
   * because a terminal enrolled by a TID that nobody held yet goes by that TID as its serial number.
   */
  resolve({ terminal, at, acquirer, serial }: Named): Resolution {
    const tids = this.#byTid.get(terminal)
    if (!tids)
      return (
        this.#bySerial.get(terminal) ??
        (serial === undefined ? undefined : this.#bySerial.get(serial)) ??
        "unknown_terminal"
      )
    const holders = tids.filter(
      (row) =>
        (row.from_at === null || row.from_at.getTime() <= at) &&
        (row.to_at === null || at < row.to_at.getTime()) &&
        (acquirer === null || row.acquirer === null || row.acquirer === acquirer),
    )
    const named = holders.filter((row) => acquirer !== null && row.acquirer === acquirer)
    const [holder, ...others] = named.length > 0 ? named : holders
    const isUnique = others.every((row) => row.terminal_id === holder?.terminal_id)
    if (holder && isUnique) return { terminalId: holder.terminal_id, codeSystem: holder.code_system }
    const known =
      this.#bySerial.get(terminal) ??
      (holder || serial === undefined ? undefined : this.#bySerial.get(serial))
    return known ?? (holder ? "ambiguous_terminal" : "unknown_terminal")
  }
}

function namesOf(records: Named[]): string[] {
  const names = new Set<string>()
  for (const { terminal, serial } of records) {
    names.add(terminal)
    if (serial !== undefined) names.add(serial)
  }
  return [...names]
}

/** The terminals that records name, as far as they are known. */
export const knownTerminals = async (db: Db, records: Named[]): Promise<TerminalDirectory> =>
  new TerminalDirectory(await findTerminals(db, namesOf(records)))

/**
 * Finds the terminals that records name. Unknown ones that `strangers` name are enrolled as pending: in the store
 * they name, or in the unassigned one.
 */
export async function directoryOf(db: Db, records: Named[], strangers: Named[]): Promise<TerminalDirectory> {
  const directory = await knownTerminals(db, records)
  const unknown = new Map<string, Named>()
  for (const record of strangers) {
    if (directory.resolve(record) === "unknown_terminal") {
      const serial = record.serial ?? record.terminal
      const before = unknown.get(serial)
      unknown.set(serial, {
        ...record,
        tid: record.tid ?? before?.tid,
        model: record.model ?? before?.model,
        store: record.store ?? before?.store,
      })
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
  return knownTerminals(db, records)
}

/** The serial numbers that no terminal has, where the organisation does not enrol what it does not know. */
export async function unknownSerials(db: Db, serials: string[]): Promise<Set<string>> {
  const [settings] = await readSettings(db)
  if (settings?.enrol_unknown ?? true) return new Set()
  const found = await findTerminals(db, serials)
  const known = new Set(found.filter(({ tid }) => tid === null).map(({ name }) => name))
  return new Set(serials.filter((serial) => !known.has(serial)))
}
