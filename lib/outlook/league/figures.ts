import type { Db } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { memberOf, sales, service, type Days, type Figures } from "@/lib/outlook/league/sql"
import type { LeagueGrouping } from "@/lib/outlook/league/words"
import { availabilityByGroup, terminalsWithin } from "@/lib/outlook/reports/availability"

const defaultDays = 28

type Wanted = { from?: string | undefined; to?: string | undefined; now: Date; zone: string }

/** The asked days, the last one included, or the last four weeks before today. */
export function usualDays({ from, to, now, zone }: Wanted): Days {
  const end = to === undefined ? localDay(now, zone) : addDays(to, 1)
  return { from: from ?? addDays(end, -defaultDays), to: end, zone }
}

type Asked = {
  by: LeagueGrouping
  days: Days
  /** The stores that the reader is limited to, or null. */
  stores: readonly number[] | null
  now: Date
}

/** The figures of all groups with terminals or sales. */
export async function figuresOf(db: Db, { by, days, stores, now }: Asked): Promise<Figures[]> {
  const isWhole = stores === null
  const terminals = await terminalsWithin(db, stores)
  const sold = new Map((await sales(db, by, days, { isWhole, terminals })).map((row) => [row.group_id, row]))
  const served = new Map((await service(db, by, { ...days, terminals })).map((row) => [row.group_id, row]))
  const availability = await availabilityByGroup(db, memberOf(by, { ...days, terminals }), {
    ...days,
    now,
    terminals,
  })
  return [...new Set([...sold.keys(), ...served.keys()])]
    .map((id) => {
      const { attempts = 0, device = 0 } = sold.get(id) ?? {}
      const { terminals = 0, seconds = 0, flags = 0 } = served.get(id) ?? {}
      const { openHours = 0, upHours = 0, share = null } = availability.get(id) ?? {}
      return { id, terminals, seconds, flags, attempts, device, availability: { openHours, upHours, share } }
    })
    .filter(({ terminals, attempts }) => terminals > 0 || attempts > 0)
}
