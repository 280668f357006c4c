import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import { businessSubcauses, technicalSubcauses } from "@/lib/insight/parties/declines"
import type { Party, PartyPage, PartyQuery } from "@/lib/insight/parties/schemas"
import { failureRates } from "@/lib/insight/rates/failure-rates"
import { rate } from "@/lib/insight/rates/rate"
import { readingOf } from "@/lib/insight/rates/reading"
import type { FailureRatePage } from "@/lib/insight/rates/schemas"
import { segmentDays, type SegmentDay } from "@/lib/insight/rates/segment-days"

const mostParties = 200

type Input = { actor: Actor; query: PartyQuery; now?: Date }

/** Issuers, acquirers or cashiers with what they decline, compared with all others. Most failures first. */
export async function listParties({ actor, query, now = new Date() }: Input): Promise<PartyPage> {
  requirePermission(actor, "fleet:read")
  const { by, from, to, range, ...filters } = query
  const wanted = { from, to, range }
  const { used, ...reading } = await inOrganisation(actor, (db) =>
    readingOf(db, { actor, wanted, filters, daysOnly: true, now }),
  )
  const ofDays = { ...filters, from: used.days.first, to: used.days.last }
  const {
    data: all,
    groupBy: _by,
    resolution: _day,
    leftOut,
    ...page
  } = await failureRates({ actor, query: { ...ofDays, groupBy: by }, now })
  const named = all.filter(({ value }) => value !== null)
  const shown = named.slice(0, mostParties)
  const values = shown.map(({ value }) => value ?? "")
  const rows = await inOrganisation(actor, (db) =>
    segmentDays(db, reading, {
      dimension: by,
      values,
      business: businessSubcauses,
      technical: technicalSubcauses,
    }),
  )
  const byValue = groupBy(rows, ({ value }) => value)
  return {
    ...page,
    data: shown.map((row) => partyOf(row, byValue.get(row.value ?? "") ?? [], page.total)),
    leftOut: leftOut + named.length - shown.length,
    by,
  }
}

type Rates = FailureRatePage["data"][number]

function partyOf(row: Rates, days: readonly SegmentDay[], total: FailureRatePage["total"]): Party {
  const sum = (name: "business" | "technical") => days.reduce((all, day) => all + day[name], 0)
  const declines = (failures: number) => ({ failures, rate: rate(failures, row.attempts) })
  const others = rate(total.failures - row.failures, total.attempts - row.attempts)
  return {
    ...row,
    expected: others === null ? null : others * row.attempts,
    business: declines(sum("business")),
    technical: declines(sum("technical")),
    trend: days.map(({ day, attempts, failures }) => ({ day, attempts, failures })),
  }
}
