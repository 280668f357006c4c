import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { inOrganisation, wholeOrganisation, type Db } from "@/lib/base/db/transaction"
import { noDryRunChanges, tidKey } from "@/lib/fleet/terminals/files/known"
import type { GivenRow, RowPlan } from "@/lib/fleet/terminals/files/plan-terminals"
import { takeTerminals } from "@/lib/fleet/terminals/files/take-terminals"
import { Spellings } from "@/lib/fleet/terminals/spellings"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import type { Row } from "@/lib/intake/imports/mapping/row"
import { rejectedRow } from "@/lib/intake/imports/runs/rejected-row"
import { earlierLines, earlierTids, insertResults } from "@/lib/intake/imports/runs/result-sql"
import type { RejectedRow } from "@/lib/intake/imports/runs/schemas"
import type { StoredSlice } from "@/lib/intake/imports/runs/store-slice"
import { entriesOf } from "@/lib/intake/imports/runs/terminal-entries"

/** Records a slice within its transaction; null if another worker has the run. */
export type Note = (db: Db, slice: StoredSlice) => Promise<RejectedRow[] | null>
export type Taker = (rows: Row[], note: Note) => Promise<RejectedRow[] | null>

class NotOurs extends Error {}

type Run = { orgId: string; importId: string; profile: Profile; isDry: boolean }

/**
 * Stores slices of a file of terminals. Each is stored, recorded and answered row by row in one transaction.
 */
export function terminalTaker({ orgId, importId, profile, isDry }: Run): Taker {
  const dryRun = isDry ? noDryRunChanges() : null
  const spellings = new Spellings()
  return async (rows, note) => {
    const { given: written, refused } = entriesOf(profile, rows)
    const before = rows[0]?.line ?? 0
    try {
      return await retryConflicts(() =>
        inOrganisation(wholeOrganisation(orgId), async (db) => {
          const entries = await spellings.apply(
            db,
            written.map(({ entry }) => entry),
          )
          const given = written.map(({ line, entry }, i) => ({ line, entry: entries[i] ?? entry }))
          const earlier = await givenEarlier(db, { importId, before, given })
          const plans = [
            ...refused,
            ...(await takeTerminals(db, {
              rows: given,
              earlier,
              makesMissing: profile.makesMissing ?? true,
              dryRun,
            })),
          ]
          await insertResults(db, {
            orgId,
            importId,
            rows: plans.map(({ entry, ...result }) => ({
              ...result,
              tid: entry?.tid ?? null,
              acquirer: entry?.acquirer ?? null,
            })),
          })
          const rejected = await note(db, sliceOf(rows, plans))
          if (!rejected) throw new NotOurs("the run was cancelled, or somebody else went on with it")
          return rejected
        }),
      )
    } catch (error) {
      if (error instanceof NotOurs) return null
      throw error
    }
  }
}

function sliceOf(rows: Row[], plans: RowPlan[]): StoredSlice {
  const byLine = new Map(rows.map((row) => [row.line, row]))
  const rejected = plans.flatMap(({ line, outcome, refusal }) => {
    const row = byLine.get(line)
    return outcome === "refused" && refusal && row
      ? [rejectedRow(row, refusal.code, refusal.field, refusal.message)]
      : []
  })
  const count = (...outcomes: RowPlan["outcome"][]) =>
    plans.filter(({ outcome }) => outcomes.includes(outcome)).length
  return {
    accepted: count("created", "changed"),
    duplicates: count("unchanged"),
    rejected,
    minAt: null,
    maxAt: null,
  }
}

async function givenEarlier(
  db: Db,
  { importId, before, given }: { importId: string; before: number; given: GivenRow[] },
) {
  const serials = given.map(({ entry }) => entry.serial)
  const tids = given.flatMap(({ entry }) => entry.tid ?? [])
  const lines = await earlierLines(db, { importId, before, serials })
  const taken = await earlierTids(db, { importId, before, tids })
  return {
    lines: new Map(lines.map(({ serial, line }) => [serial, line])),
    tidLines: new Map(
      taken.map(({ tid, acquirer, serial, line }) => [tidKey(acquirer, tid), { line, serial }]),
    ),
  }
}
