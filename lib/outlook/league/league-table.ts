import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { keptFresh } from "@/lib/base/kept/kept-fresh"
import { wilsonInterval } from "@/lib/base/statistics/wilson"
import { addDays, daysBetween } from "@/lib/base/time/zone"
import { hasTerminals } from "@/lib/fleet/terminals/has-terminals"
import { figuresOf, usualDays } from "@/lib/outlook/league/figures"
import { byStability, isComparable } from "@/lib/outlook/league/rank"
import type { LeagueQuery, LeagueRow, LeagueTable } from "@/lib/outlook/league/schemas"
import { groups, keptFigures, type Days, type Figures } from "@/lib/outlook/league/sql"
import { fewestToKeep, longestDays, mostGroups } from "@/lib/outlook/league/words"
import { asOf } from "@/lib/rollups/fold/as-of"

const yearSeconds = 365.25 * 24 * 3600
const longestKeptMs = 2 * 3_600_000

/**
 * Figures of large organisations over other days than the last four weeks, which read every day of every
 * terminal. Nobody waits for them but who asks first.
 */
const ofOtherDays = keptFresh<Read>({ freshMs: 600_000, mostMs: 3_600_000, most: 100 })

type Input = { actor: Actor; query: LeagueQuery; now?: Date }
type Read = Pick<Days, "from" | "to"> & { figures: Figures[]; asOf: Date }

/** Acquirers, suppliers or models with their terms, the most stable first. */
export async function leagueTable({ actor, query, now = new Date() }: Input): Promise<LeagueTable> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const { figures, ...read } = await readFigures(db, { actor, query, now })
    const figuresBy = new Map(figures.map((one) => [one.id, one]))
    const rows = (await groups(db, query.by, [...figuresBy.keys()])).flatMap(({ id, name, ...terms }) => {
      const found = figuresBy.get(id)
      return found ? [rowOf(found, { id, name, terms })] : []
    })
    return {
      by: query.by,
      from: read.from,
      to: addDays(read.to, -1),
      data: rows.toSorted(byStability).slice(0, mostGroups),
      leftOut: Math.max(0, rows.length - mostGroups),
      asOf: read.asOf.toISOString(),
    }
  })
}

/** The figures that the worker keeps, if they answer the question, or new ones. */
async function readFigures(db: Db, { actor, query, now }: Required<Input>): Promise<Read> {
  const { by, from, to } = query
  const isWhole = actor.stores === null
  if (isWhole && from === undefined && to === undefined) {
    const [kept] = await keptFigures(db, by)
    if (kept && now.getTime() - kept.computed_at.getTime() < longestKeptMs)
      return { ...kept, asOf: kept.as_of }
  }
  const days = usualDays({ from, to, now, zone: await organisationZone(db) })
  const length = daysBetween(days.from, days.to)
  const isPossible = length >= 1 && length <= longestDays
  if (!isPossible)
    throw new AppError("invalid", `from and to must be at most ${longestDays} days.`, {
      field: "from",
    })
  const read = async (on: Db): Promise<Read> => ({
    from: days.from,
    to: days.to,
    figures: await figuresOf(on, { by, days, stores: actor.stores }),
    asOf: await asOf(on, actor.orgId),
  })
  const isLarge = isWhole && (await hasTerminals(db, fewestToKeep))
  if (!isLarge) return read(db)
  const key = JSON.stringify([actor.orgId, by, days])
  return ofOtherDays(key, { first: () => read(db), again: () => inOrganisation(actor, read), now })
}

function rowOf(
  { terminals, attempts, device, seconds, flags, availability }: Figures,
  group: Pick<LeagueRow, "id" | "name" | "terms">,
): LeagueRow {
  const terminalYears = seconds / yearSeconds
  return {
    ...group,
    terminals,
    isComparable: isComparable({ terminals, attempts }),
    attempts,
    deviceFailures: device,
    rate: attempts === 0 ? null : device / attempts,
    interval: wilsonInterval(device, attempts),
    availability,
    flagsOpened: flags,
    terminalYears,
    flagsPerTerminalYear: terminalYears === 0 ? null : flags / terminalYears,
  }
}
