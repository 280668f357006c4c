import type { Db } from "@/lib/base/db/transaction"
import { placeholderMessage, placeholderTest } from "@/lib/fleet/terminals/placeholder"
import { reject } from "@/lib/intake/ingest/check"
import type { Checked } from "@/lib/intake/ingest/noun"
import type { Part, Stored } from "@/lib/intake/ingest/part"
import { storesOfTerminals, type Settings } from "@/lib/intake/ingest/sql"
import { directoryOf, type Named, type Resolution } from "@/lib/intake/ingest/terminals"
import { tooOld } from "@/lib/intake/ingest/too-old"

/** Finds or enrols the terminals of all parts' records. `owners` has the part of each checked record. */
export async function resolveTerminals(
  db: Db,
  settings: Settings,
  parts: Part[],
  stored: Stored[],
): Promise<{ checked: Checked<Named>[]; owners: number[] }> {
  const checked: Checked<Named>[] = []
  const owners: number[] = []
  const isPlaceholder = placeholderTest(settings.placeholder_serials)
  const taken = parts.map(({ ready, receivedAt, isImport }, i) =>
    ready.filter(({ raw, summary: { at, terminal } }) => {
      const age = tooOld({ at, receivedAt, isImport, kept: settings })
      if (age !== null) stored[i]?.rejected.push(reject(raw, "too_old", "at", age))
      else if (isPlaceholder(terminal))
        stored[i]?.rejected.push(reject(raw, "placeholder_serial", "terminal", placeholderMessage(terminal)))
      else return true
      return false
    }),
  )
  const named = taken.map((records) =>
    records.map(({ summary }) => withoutPlaceholders(summary, isPlaceholder)),
  )
  const toEnrol = settings.enrol_unknown ? named.filter((_, i) => parts[i]?.stores === null).flat() : []
  const directory = await directoryOf(db, named.flat(), toEnrol)
  const found = named.map((names) => names.map((name) => directory.resolve(name)))
  const mayNotWrite = await writeCheck(db, parts, found)
  for (const [i, records] of taken.entries()) {
    for (const [j, ready] of records.entries()) {
      const one = found[i]?.[j] ?? "unknown_terminal"
      const terminal = typeof one !== "string" && mayNotWrite(i, one.terminalId) ? "unknown_terminal" : one
      if (typeof terminal === "string")
        stored[i]?.rejected.push(reject(ready.raw, terminal, "terminal", unresolved[terminal]))
      else {
        checked.push({ ready, terminal })
        owners.push(i)
      }
    }
  }
  return { checked, owners }
}

/** Removes placeholders from the master data. */
function withoutPlaceholders(named: Named, isPlaceholder: (name: string) => boolean): Named {
  const { serial, tid } = named
  const isSerialOne = serial !== undefined && isPlaceholder(serial)
  const isTidOne = tid !== undefined && isPlaceholder(tid)
  return isSerialOne || isTidOne
    ? { ...named, serial: isSerialOne ? undefined : serial, tid: isTidOne ? undefined : tid }
    : named
}

/**
 * Returns a test whether the sender of a part may not write for a terminal. The terminal's current store
 * decides.
 */
async function writeCheck(
  db: Db,
  parts: Part[],
  found: Resolution[][],
): Promise<(part: number, terminalId: number) => boolean> {
  const limited = found
    .filter((_, i) => parts[i]?.stores !== null)
    .flat()
    .flatMap((terminal) => (typeof terminal === "string" ? [] : [terminal.terminalId]))
  const rows = limited.length === 0 ? [] : await storesOfTerminals(db, [...new Set(limited)])
  const storeOf = new Map(rows.map(({ terminal_id: terminalId, store_id: storeId }) => [terminalId, storeId]))
  return (part, terminalId) => {
    const stores = parts[part]?.stores ?? null
    const store = storeOf.get(terminalId)
    return stores !== null && (store === undefined || !stores.includes(store))
  }
}

const unresolved = {
  unknown_terminal: "no terminal has this serial number or TID: add it, then replay",
  ambiguous_terminal: "several terminals have this TID: send the serial number, or name the acquirer",
}
