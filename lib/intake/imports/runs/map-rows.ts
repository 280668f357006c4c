import type { CodeBook } from "@/lib/intake/codes/code-book"
import { heartbeatContract } from "@/lib/intake/heartbeats/contract"
import { recordOf } from "@/lib/intake/imports/mapping/map-row"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import { CellError, type Row } from "@/lib/intake/imports/mapping/row"
import type { LeftOut } from "@/lib/intake/imports/runs/left-out"
import { rejectedRow } from "@/lib/intake/imports/runs/rejected-row"
import type { RejectedRow } from "@/lib/intake/imports/runs/schemas"

export type Mapped = {
  values: { row: Row; value: Record<string, unknown> }[]
  rejected: RejectedRow[]
  leftOut: LeftOut
}

/** Names of the contract for what does not fit: signalDbm (number above 0). */
const named = /^(?<field>[^ ]+) \((?<reason>.*)\)$/

/** A record of a row. What does not fit into a heartbeat is left out and noted. */
export function fittingRecord(
  profile: Profile,
  { row, book, leftOut }: { row: Row; book: CodeBook; leftOut: LeftOut },
): Record<string, unknown> {
  const unreadable: CellError[] = []
  const value = recordOf(profile, row, book, (error) => unreadable.push(error))
  for (const { field, text } of unreadable)
    leftOut.note({ field: field ?? "", reason: "text", example: text })
  if (profile.kind !== "heartbeats") return value
  const reading = heartbeatContract.read(value)
  if (!reading.success || reading.leftOut.length === 0) return value
  for (const name of reading.leftOut) {
    const { field = name, reason = "" } = named.exec(name)?.groups ?? {}
    leftOut.note({ field, reason, example: String(value[field] ?? "") })
  }
  return reading.data
}

/** Maps the rows of a slice. Rows that cannot be mapped are rejected, with the cell that is wrong. */
export function mapped(
  profile: Profile,
  rows: readonly Row[],
  { book, leftOut }: { book: CodeBook; leftOut: LeftOut },
): Mapped {
  const values: Mapped["values"] = []
  const rejected: RejectedRow[] = []
  for (const row of rows) {
    try {
      values.push({ row, value: fittingRecord(profile, { row, book, leftOut }) })
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      rejected.push(rejectedRow(row, "invalid", error.field, error.message))
    }
  }
  return { values, rejected, leftOut }
}
