import type { z } from "zod"
import { refusedRow, type GivenRow, type RowPlan } from "@/lib/fleet/terminals/files/plan-terminals"
import { TerminalEntry } from "@/lib/fleet/terminals/schemas"
import type { RefusalCode } from "@/lib/fleet/terminals/words"
import { recordOf } from "@/lib/intake/imports/mapping/map-row"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import { CellError, type Row } from "@/lib/intake/imports/mapping/row"

/** The form of a number that looked like a card number when the file was uploaded. */
const masked = /\d\*{4,}\d/

type Refusal = { code: RefusalCode; field: string; message: string; value: unknown }

/** The rows of a file as entries of master data. Rows that cannot be read are refused. */
export function entriesOf(profile: Profile, rows: Row[]): { given: GivenRow[]; refused: RowPlan[] } {
  const given: GivenRow[] = []
  const refused: RowPlan[] = []
  for (const row of rows) {
    const { line } = row
    const refuse = (serial: string | null, { code, field, message, value }: Refusal) => {
      const text = value == null ? null : String(value).slice(0, 200)
      refused.push(refusedRow(line, serial, { code, field, message, value: text, other: null }))
    }
    try {
      const value = recordOf(profile, row)
      const serial = typeof value["serial"] === "string" ? value["serial"].slice(0, 64) : null
      const parsed = TerminalEntry.safeParse(value)
      if (serial !== null && masked.test(serial)) refuse(serial, maskedSerial(serial))
      else if (parsed.success) given.push({ line, entry: parsed.data })
      else refuse(serial, misfitOf(value, parsed.error.issues[0]))
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      refuse(null, unreadableOf(error))
    }
  }
  return { given, refused }
}

const maskedSerial = (value: string): Refusal => ({
  code: "masked",
  field: "serial",
  message: "the serial number looks like a card number and was masked",
  value,
})

/** Why a row's values are no entry. */
function misfitOf(values: Record<string, unknown>, issue: z.core.$ZodIssue | undefined): Refusal {
  const field = issue?.path[0]?.toString() ?? "serial"
  const value = values[field]
  if (field === "status") {
    const message = "is no state of a terminal's life: pending, active, spare, in_repair or retired"
    return { code: "unknown_status", field, message, value }
  }
  if (field === "serial" && typeof value !== "string")
    return { code: "missing", field, message: "is missing", value: null }
  if (field === "timeZone")
    return { code: "unknown_time_zone", field, message: "is no IANA time zone such as Asia/Shanghai", value }
  if (field === "boughtOn" || field === "warrantyUntil")
    return { code: "bad_day", field, message: issue?.message ?? "is no day", value }
  return { code: "invalid", field, message: issue?.message ?? "does not fit", value }
}

/** Why a cell cannot be read. */
const unreadableOf = ({ problem, field, message, text }: CellError): Refusal => ({
  code: problem === "hours" ? "bad_hours" : problem === "day" ? "bad_day" : "invalid",
  field: field ?? "serial",
  message,
  value: text,
})
