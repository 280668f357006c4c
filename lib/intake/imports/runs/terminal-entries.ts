import { refusedRow, type GivenRow, type RowPlan } from "@/lib/fleet/terminals/files/plan-terminals"
import { TerminalEntry } from "@/lib/fleet/terminals/schemas"
import type { RefusalCode } from "@/lib/fleet/terminals/words"
import { recordOf } from "@/lib/intake/imports/mapping/map-row"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import { CellError, type Row } from "@/lib/intake/imports/mapping/row"

/** The form of a number that looked like a card number when the file was uploaded. */
const masked = /\d\*{4,}\d/

/** The rows of a file as entries of master data. Rows that cannot be read are refused. */
export function entriesOf(profile: Profile, rows: Row[]): { given: GivenRow[]; refused: RowPlan[] } {
  const given: GivenRow[] = []
  const refused: RowPlan[] = []
  for (const row of rows) {
    const { line } = row
    const refuse = (
      code: RefusalCode,
      field: string,
      message: string,
      serial: string | null,
      value: unknown,
    ) =>
      refused.push(
        refusedRow(line, serial, {
          code,
          field,
          message,
          value: value == null ? null : String(value).slice(0, 200),
          other: null,
        }),
      )
    try {
      const value = recordOf(profile, row)
      const serial = typeof value["serial"] === "string" ? value["serial"].slice(0, 64) : null
      const parsed = TerminalEntry.safeParse(value)
      const [issue] = parsed.error?.issues ?? []
      const field = issue?.path[0]?.toString() ?? "serial"
      if (serial !== null && masked.test(serial))
        refuse(
          "masked",
          "serial",
          "the serial number looks like a card number and was masked",
          serial,
          serial,
        )
      else if (parsed.success) given.push({ line, entry: parsed.data })
      else if (field === "status")
        refuse(
          "unknown_status",
          field,
          "is no state of a terminal's life: pending, active, spare, in_repair or retired",
          serial,
          value[field],
        )
      else if (field === "serial" && serial === null) refuse("missing", field, "is missing", null, null)
      else if (field === "timeZone")
        refuse("unknown_time_zone", field, "is no IANA time zone such as Asia/Shanghai", serial, value[field])
      else if (field === "boughtOn" || field === "warrantyUntil")
        refuse("bad_day", field, issue?.message ?? "is no day", serial, value[field])
      else refuse("invalid", field, issue?.message ?? "does not fit", serial, value[field])
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      refuse(
        error.problem === "hours" ? "bad_hours" : error.problem === "day" ? "bad_day" : "invalid",
        error.field ?? "serial",
        error.message,
        null,
        error.text,
      )
    }
  }
  return { given, refused }
}
