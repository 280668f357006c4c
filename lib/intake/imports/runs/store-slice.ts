import type { Actor } from "@/lib/access/actor/actor"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { uploadOfLines } from "@/lib/base/http/upload"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import { TerminalEntry } from "@/lib/fleet/terminals/schemas"
import { recordHeartbeats } from "@/lib/intake/heartbeats/record-heartbeats"
import { valueOf } from "@/lib/intake/imports/mapping/map-row"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import type { Row } from "@/lib/intake/imports/mapping/row"
import { isWaiting, keepWaiting } from "@/lib/intake/imports/runs/keep-waiting"
import type { LeftOut } from "@/lib/intake/imports/runs/left-out"
import { mapped } from "@/lib/intake/imports/runs/map-rows"
import { rejectedRow } from "@/lib/intake/imports/runs/rejected-row"
import { codeBookOfRows } from "@/lib/intake/imports/runs/row-codes"
import type { RejectedRow } from "@/lib/intake/imports/runs/schemas"
import { makeHistory } from "@/lib/intake/ingest/make-history"
import { recordTransactions } from "@/lib/intake/transactions/record-transactions"

export type StoredSlice = {
  accepted: number
  duplicates: number
  rejected: RejectedRow[]
  minAt: string | null
  maxAt: string | null
}

/**
 * Stores some rows of a file through the same functions as the API. Returns the rejected ones with their
 * reasons, and notes what is left out.
 */
export async function storeSlice(
  actor: Actor,
  profile: Profile,
  { rows, leftOut }: { rows: Row[]; leftOut: LeftOut },
): Promise<StoredSlice> {
  const book = await inOrganisation(wholeOrganisation(actor.orgId), (db) => codeBookOfRows(db, profile, rows))
  const { values: all, rejected } = mapped(profile, rows, { book, leftOut })
  rejected.push(
    ...(await keepWaiting(
      actor,
      all.filter(({ value }) => isWaiting(profile, value)),
    )),
  )
  const values = all.filter(({ value }) => !isWaiting(profile, value))
  if (values.length === 0) return { accepted: 0, duplicates: 0, rejected, minAt: null, maxAt: null }
  await makePlaces(
    actor,
    profile,
    values.map(({ row }) => row),
  )
  const times = values
    .map(({ value }) => Date.parse(String(value["at"])))
    .filter((at) => !Number.isNaN(at))
    .toSorted((a, b) => a - b)
  await makeHistory(times)

  const record = profile.kind === "heartbeats" ? recordHeartbeats : recordTransactions
  const { accepted, duplicates, errors } = await record({
    actor,
    upload: { ...uploadOfLines(values.map(({ value }) => JSON.stringify(value))), isImport: true },
  })
  for (const { index, code, field, message } of errors) {
    const row = values[index]?.row
    if (row) rejected.push(rejectedRow(row, code, field, message))
  }
  const [first, last] = [times[0], times.at(-1)]
  return {
    accepted,
    duplicates,
    rejected,
    minAt: first === undefined ? null : new Date(first).toISOString(),
    maxAt: last === undefined ? null : new Date(last).toISOString(),
  }
}

async function makePlaces(actor: Actor, { place, timeZone }: Profile, rows: Row[]): Promise<void> {
  if (!place) return
  const entries = new Map<string, TerminalEntry>()
  for (const row of rows) {
    const text = (field: string, source: (typeof place)["serial"]) => {
      const value = valueOf(field, source, row, { zone: timeZone })
      return value === undefined ? undefined : String(value)
    }
    const entry = TerminalEntry.parse({
      serial: text("serial", place.serial),
      store: text("store", place.storeCode),
      storeName: text("storeName", place.storeName),
      merchant: place.merchant && text("merchant", place.merchant),
      timeZone,
    })
    entries.set(entry.serial, entry)
  }
  await upsertTerminals({ actor, entries: [...entries.values()] })
}
