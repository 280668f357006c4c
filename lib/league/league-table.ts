import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { inOrganisation, type Db } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"
import { asOf } from "@/lib/fold/as-of"
import { byStability, isComparable } from "@/lib/league/rank"
import type { LeagueQuery, LeagueRow, LeagueTable } from "@/lib/league/schemas"
import { groups, members, organisationZone, sales, service, type Days } from "@/lib/league/sql"
import { longestDays, type LeagueGrouping } from "@/lib/league/words"
import { availabilityOf } from "@/lib/reports/availability"
import { signsOfLife } from "@/lib/reports/signs-of-life"
import { wilsonInterval } from "@/lib/statistics/wilson"
import { addDays, daysBetween } from "@/lib/time/zone"

const defaultDays = 28
const yearSeconds = 365.25 * 24 * 3600

/** Acquirers, suppliers or models by how stable their terminals are, beside their terms. */
export async function leagueTable({ actor, query: { by, from, to }, now = new Date() }: { actor: Actor; query: LeagueQuery; now?: Date }): Promise<LeagueTable> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const [organisation] = await organisationZone(db)
    if (!organisation) throw new AppError("not_found", "The organisation does not exist any more.")
    const end = to ?? organisation.today
    const days = { from: from ?? addDays(end, -defaultDays), to: end }
    const length = daysBetween(days.from, days.to)
    if (length < 1 || length > longestDays) throw new AppError("invalid", `from must lie before to, by ${longestDays} days at most.`, { field: "from" })

    const sold = new Map((await sales(db, by, days, actor.stores === null)).map((row) => [row.group_id, row]))
    const served = new Map((await service(db, by, days)).map((row) => [row.group_id, row]))
    const availability = await availabilityOfGroups(db, by, days, now)
    const rows = (await groups(db, by)).flatMap(({ id, name, ...terms }): LeagueRow[] => {
      const { attempts = 0, device = 0 } = sold.get(id) ?? {}
      const { terminals = 0, seconds = 0, flags = 0 } = served.get(id) ?? {}
      if (terminals === 0 && attempts === 0) return []
      const terminalYears = seconds / yearSeconds
      return [{
        id, name, terminals, isComparable: isComparable({ terminals, attempts }),
        attempts, deviceFailures: device, rate: attempts === 0 ? null : device / attempts, interval: wilsonInterval(device, attempts),
        availability: availability.get(id) ?? { openHours: 0, upHours: 0, share: null },
        flagsOpened: flags, terminalYears, flagsPerTerminalYear: terminalYears === 0 ? null : flags / terminalYears, terms,
      }]
    })
    return { by, ...days, data: rows.toSorted(byStability), asOf: (await asOf(db, actor.orgId)).toISOString() }
  })
}

/** Read week by week, so that the hours of no more than a week are in memory. */
async function availabilityOfGroups(db: Db, by: LeagueGrouping, { from, to }: Days, now: Date): Promise<Map<number, LeagueRow["availability"]>> {
  const groupsOf = new Map<number, number[]>()
  for (const { terminal_id: terminal, group_id: group } of await members(db, by, { from, to })) groupsOf.set(terminal, [...(groupsOf.get(terminal) ?? []), group])
  const sums = new Map<number, { openHours: number; upHours: number }>()
  for (let day = from; day < to; day = addDays(day, 7)) {
    const weekEnd = addDays(day, 7)
    const { places, up } = await signsOfLife(db, { from: day, to: weekEnd < to ? weekEnd : to })
    const placesOf = new Map<number, typeof places>()
    for (const place of places) {
      for (const group of groupsOf.get(place.terminal_id) ?? []) {
        const own = placesOf.get(group)
        if (own) own.push(place)
        else placesOf.set(group, [place])
      }
    }
    for (const [group, own] of placesOf) {
      const { openHours, upHours } = availabilityOf(own, up, now.getTime())
      const sum = sums.get(group) ?? { openHours: 0, upHours: 0 }
      sums.set(group, { openHours: sum.openHours + openHours, upHours: sum.upHours + upHours })
    }
  }
  return new Map([...sums].map(([group, sum]) => [group, { ...sum, share: sum.openHours === 0 ? null : sum.upHours / sum.openHours }]))
}
