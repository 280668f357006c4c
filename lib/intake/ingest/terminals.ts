import type { Db } from "@/lib/base/db/transaction"
import { lockMasterData } from "@/lib/fleet/changes/lock-master-data"
import { noteTerminals } from "@/lib/fleet/changes/note-changes"
import { nameKey } from "@/lib/fleet/terminals/name-key"
import {
  enrolTerminals,
  findTerminals,
  giveModels,
  readSettings,
  type Enrolment,
  type Found,
  type Reported,
} from "@/lib/intake/ingest/sql"

/** The terminal of a record; the master data are used to enrol an unknown one. */
export type Named = { terminal: string; at: number; acquirer: string | null } & {
  [MasterData in "serial" | "tid" | "model" | "store"]?: string | undefined
}

export type Terminal = { terminalId: number; codeSystem: string | null; lacksModel: boolean }
export type Resolution = Terminal | "unknown_terminal" | "ambiguous_terminal"

type Spelled = { serial: string; terminal: Terminal }

const terminalOf = ({ terminal_id, code_system, lacks_model }: Found): Terminal => ({
  terminalId: terminal_id,
  codeSystem: code_system,
  lacksModel: lacks_model,
})

/** The terminals of an organisation with the given names, to be looked up for each record. */
export class TerminalDirectory {
  readonly #bySerial = new Map<string, Spelled[]>()
  readonly #byTid = new Map<string, Found[]>()

  /** Whether a terminal has no model yet. */
  readonly lacksModels: boolean

  constructor(found: Found[]) {
    this.lacksModels = found.some(({ lacks_model: lacksModel }) => lacksModel)
    for (const row of found) {
      if (row.tid === null) {
        const terminal = terminalOf(row)
        const spelled = this.#bySerial.get(row.key)
        if (spelled) spelled.push({ serial: row.name, terminal })
        else this.#bySerial.set(row.key, [{ serial: row.name, terminal }])
      } else this.#byTid.set(row.key, [...(this.#byTid.get(row.key) ?? []), row])
    }
  }

  /**
   * A TID belongs to the terminal that had it at the time, at the named acquirer if there is one. It takes
   * precedence over a serial number: a terminal that was enrolled by an unknown TID has that TID as its
   * serial number.
   */
  resolve({ terminal, at, acquirer, serial }: Named): Resolution {
    const tids = this.#byTid.get(nameKey(terminal))
    if (!tids) return this.#ofSerial(terminal) ?? this.#ofSerial(serial) ?? "unknown_terminal"
    const holders = tids.filter(
      (row) =>
        (row.from_at === null || row.from_at.getTime() <= at) &&
        (row.to_at === null || at < row.to_at.getTime()) &&
        (acquirer === null || row.acquirer === null || row.acquirer === acquirer),
    )
    const named = holders.filter((row) => acquirer !== null && row.acquirer === acquirer)
    const [holder, ...others] = named.length > 0 ? named : holders
    const isUnique = others.every((row) => row.terminal_id === holder?.terminal_id)
    if (holder && isUnique) return terminalOf(holder)
    const known = this.#ofSerial(terminal) ?? (holder ? undefined : this.#ofSerial(serial))
    return known ?? (holder ? "ambiguous_terminal" : "unknown_terminal")
  }

  /** The terminal with exactly this serial number, or else the first one with another spelling. */
  #ofSerial(name: string | undefined): Terminal | undefined {
    const spelled = name === undefined ? undefined : this.#bySerial.get(nameKey(name))
    return (spelled?.find(({ serial }) => serial === name) ?? spelled?.[0])?.terminal
  }
}

function keysOf(records: Named[]): string[] {
  const keys = new Set<string>()
  for (const { terminal, serial } of records) {
    keys.add(nameKey(terminal))
    if (serial !== undefined) keys.add(nameKey(serial))
  }
  return [...keys]
}

/** The known terminals of some records. */
export const knownTerminals = async (db: Db, records: Named[]): Promise<TerminalDirectory> =>
  new TerminalDirectory(await findTerminals(db, keysOf(records)))

/** Gives known terminals without a model the one that a record reports. */
async function takeModels(db: Db, directory: TerminalDirectory, records: Named[]): Promise<void> {
  if (!directory.lacksModels) return
  const reported = new Map<number, Reported>()
  for (const record of records) {
    if (record.model === undefined) continue
    const known = directory.resolve(record)
    if (typeof known === "string" || !known.lacksModel) continue
    reported.set(known.terminalId, { id: known.terminalId, model: record.model })
  }
  if (reported.size === 0) return
  await giveModels(db, [...reported.values()])
  await noteTerminals(db, [...reported.keys()])
}

/**
 * Finds the terminals of records. Unknown ones in `toEnrol` are enrolled as pending: in the store that they
 * name, or in the unassigned store. The first spelling of a serial number is stored. Who gives TIDs takes the
 * lock of master data before any row, as requests and files do.
 */
export async function directoryOf(db: Db, records: Named[], toEnrol: Named[]): Promise<TerminalDirectory> {
  const directory = await knownTerminals(db, records)
  const unknown = new Map<string, Enrolment>()
  for (const record of toEnrol) {
    if (directory.resolve(record) !== "unknown_terminal") continue
    const enrolment = enrolmentOf(record, unknown.get(nameKey(record.serial ?? record.terminal)))
    unknown.set(enrolment.serialKey, enrolment)
  }
  const enrolments = [...unknown.values()]
  if (enrolments.some(({ tid }) => tid !== null)) await lockMasterData(db)
  await takeModels(db, directory, toEnrol)
  if (enrolments.length === 0) return directory
  const enrolled = await enrolTerminals(db, enrolments)
  await noteTerminals(
    db,
    enrolled.map(({ id }) => id),
  )
  return knownTerminals(db, records)
}

function enrolmentOf(record: Named, before: Enrolment | undefined): Enrolment {
  const serial = before?.serial ?? record.serial ?? record.terminal
  const serialKey = nameKey(serial)
  const tid = record.tid ?? before?.tid ?? (nameKey(record.terminal) === serialKey ? null : record.terminal)
  return {
    serial,
    serialKey,
    tid,
    tidKey: tid === null ? null : nameKey(tid),
    model: record.model ?? before?.model ?? null,
    store: record.store ?? before?.store ?? null,
  }
}

/** The serial numbers that no terminal has, if the organisation does not enrol unknown terminals. */
export async function unknownSerials(db: Db, serials: string[]): Promise<Set<string>> {
  const [settings] = await readSettings(db)
  if (settings?.enrol_unknown ?? true) return new Set()
  const found = await findTerminals(db, serials.map(nameKey))
  const known = new Set(found.filter(({ tid }) => tid === null).map(({ key }) => key))
  return new Set(serials.filter((serial) => !known.has(nameKey(serial))))
}
