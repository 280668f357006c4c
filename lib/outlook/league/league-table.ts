import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { inOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { wilsonInterval } from "@/lib/base/statistics/wilson"
import { addDays, daysBetween, localDay } from "@/lib/base/time/zone"
import { byStability, isComparable } from "@/lib/outlook/league/rank"
import type { LeagueQuery, LeagueRow, LeagueTable } from "@/lib/outlook/league/schemas"
import { groups, memberOf, sales, service } from "@/lib/outlook/league/sql"
import { longestDays, mostGroups } from "@/lib/outlook/league/words"
import { availabilityByGroup } from "@/lib/outlook/reports/availability"
import { asOf } from "@/lib/rollups/fold/as-of"

const defaultDays = 28
const yearSeconds = 365.25 * 24 * 3600

/** Acquirers, suppliers or models with their terms, the most stable first. */
export async function leagueTable({
  actor,
  query: { by, from, to },
  now = new Date(),
}: {
  actor: Actor
  query: LeagueQuery
  now?: Date
}): Promise<LeagueTable> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const zone = await organisationZone(db)
    const end = to ?? localDay(now, zone)
    const days = { from: from ?? addDays(end, -defaultDays), to: end, zone }
    const length = daysBetween(days.from, days.to)
    if (length < 1 || length > longestDays)
      throw new AppError("invalid", `from must be before to, by at most ${longestDays} days.`, {
        field: "from",
      })

    const sold = new Map((await sales(db, by, days, actor.stores === null)).map((row) => [row.group_id, row]))
    const served = new Map((await service(db, by, days)).map((row) => [row.group_id, row]))
    const availability = await availabilityByGroup(db, memberOf(by, days), { ...days, now })
    const rows = (await groups(db, by, [...new Set([...sold.keys(), ...served.keys()])]))
      .map(({ id, name, ...terms }): LeagueRow => {
        const { attempts = 0, device = 0 } = sold.get(id) ?? {}
        const { terminals = 0, seconds = 0, flags = 0 } = served.get(id) ?? {}
        const { openHours = 0, upHours = 0, share = null } = availability.get(id) ?? {}
        const terminalYears = seconds / yearSeconds
        return {
          id,
          name,
          terminals,
          isComparable: isComparable({ terminals, attempts }),
          attempts,
          deviceFailures: device,
          rate: attempts === 0 ? null : device / attempts,
          interval: wilsonInterval(device, attempts),
          availability: { openHours, upHours, share },
          flagsOpened: flags,
          terminalYears,
          flagsPerTerminalYear: terminalYears === 0 ? null : flags / terminalYears,
          terms,
        }
      })
      .filter(({ terminals, attempts }) => terminals > 0 || attempts > 0)
    return {
      by,
      from: days.from,
      to: days.to,
      data: rows.toSorted(byStability).slice(0, mostGroups),
      leftOut: Math.max(0, rows.length - mostGroups),
      asOf: (await asOf(db, actor.orgId)).toISOString(),
    }
  })
}
