import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { codedRecordOf, type CodeBook } from "@/lib/intake/codes/code-book"
import { heartbeatContract } from "@/lib/intake/heartbeats/contract"
import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { unmappedMessage } from "@/lib/intake/imports/mapping/add-sale"
import { absentColumns, completeProfile } from "@/lib/intake/imports/mapping/complete-profile"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import { CellError, type Row } from "@/lib/intake/imports/mapping/row"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"
import { firstRows, headOf, runOrThrow } from "@/lib/intake/imports/runs/get-import"
import { isWaiting } from "@/lib/intake/imports/runs/keep-waiting"
import { LeftOut } from "@/lib/intake/imports/runs/left-out"
import { fittingRecord } from "@/lib/intake/imports/runs/map-rows"
import { questionsOf } from "@/lib/intake/imports/runs/questions"
import { codeBookOfRows } from "@/lib/intake/imports/runs/row-codes"
import type { Preview } from "@/lib/intake/imports/runs/schemas"
import { entriesOf } from "@/lib/intake/imports/runs/terminal-entries"
import { checkRecord, type Common, type Rules } from "@/lib/intake/ingest/check"
import { KnownFields, IgnoredFields } from "@/lib/intake/ingest/ignored"
import { transactionContract } from "@/lib/intake/transactions/contract"
import { Transaction } from "@/lib/intake/transactions/schemas"

const rowsShown = 20

/** Maps the first rows of a file with a profile: each becomes a record or an error. Stores nothing. */
export async function previewImport({
  actor,
  importId,
  profile,
}: {
  actor: Actor
  importId: string
  profile: RecordProfile
}): Promise<Preview> {
  requirePermission(actor, "imports:write")
  return inOrganisation(actor, async (db) => {
    const run = await runOrThrow(db, importId)
    const head = await headOf(db, run)
    const whole = completeProfile(profile, head)
    const first = await firstRows(db, run)
    const rows = first.slice(0, rowsShown)
    const questions = await questionsOf(db, whole, { head, rows: first })
    const { missing } = questions
    const leftOut = new LeftOut()
    const check = checkerOf({ profile: whole, book: await codeBookOfRows(db, whole, rows), leftOut })
    const shown = rows.map((row) => ({
      line: row.line,
      cells: head.headers.map((header) => row.cells[header] ?? ""),
      ...(missing.length > 0 ? { record: null, error: null } : check(row)),
    }))
    return {
      profile: whole,
      absent: absentColumns(profile, head.headers),
      ...questions,
      leftOut: leftOut.list,
      rows: shown,
    }
  })
}

type Checked = Pick<Preview["rows"][number], "record" | "error">

type Reading = { profile: Profile; book: CodeBook; leftOut: LeftOut }

function checkerOf(reading: Reading): (row: Row) => Checked {
  const { kind } = reading.profile
  const common = { receivedAt: Date.now(), isImport: true }
  const known = (...shape: ConstructorParameters<typeof KnownFields>) =>
    new IgnoredFields(new KnownFields(...shape))
  if (kind === "transactions")
    return checker(reading, { ...common, contract: transactionContract, ignored: known(Transaction.shape) })
  if (kind === "heartbeats")
    return checker(reading, { ...common, contract: heartbeatContract, ignored: known(Heartbeat.shape) })
  if (kind === "terminals") return terminalChecker(reading.profile)
  throw new AppError("invalid", "Only terminals, transactions and heartbeats can be previewed.")
}

/** A sale that waits in the quarantine until its code is in a code table. */
function waitingSale(value: Record<string, unknown>): Checked {
  const { code } = codedRecordOf(value)
  return {
    record: null,
    error: {
      code: "unmapped_code",
      field: "outcome",
      message: unmappedMessage(code),
      problem: "unmapped",
      text: code,
      refusal: null,
    },
  }
}

/** Reads the rows. Only the dry run shows their effect on the inventory. */
const terminalChecker =
  (profile: Profile) =>
  (row: Row): Checked => {
    const { given, refused } = entriesOf(profile, [row])
    const [refusal] = refused
    return refusal?.refusal
      ? {
          record: null,
          error: {
            code: refusal.refusal.code,
            field: refusal.refusal.field,
            message: refusal.refusal.message,
            problem: null,
            text: null,
            refusal: refusal.refusal,
          },
        }
      : { record: given[0]?.entry ?? null, error: null }
  }

const checker =
  <Record extends Common>({ profile, book, leftOut }: Reading, rules: Rules<Record>) =>
  (row: Row): Checked => {
    try {
      const value = fittingRecord(profile, { row, book, leftOut })
      if (isWaiting(profile, value)) return waitingSale(value)
      const result = checkRecord(rules, {
        index: row.number,
        text: JSON.stringify(value),
        parse: () => value,
      })
      return "rejection" in result
        ? {
            record: null,
            error: {
              code: result.rejection.code,
              field: result.rejection.field,
              message: result.rejection.message,
              problem: null,
              text: null,
              refusal: null,
            },
          }
        : { record: value, error: null }
    } catch (error) {
      if (error instanceof CellError)
        return {
          record: null,
          error: {
            code: "invalid",
            field: error.field,
            message: error.message,
            problem: error.problem,
            text: error.text,
            refusal: null,
          },
        }
      throw error
    }
  }
