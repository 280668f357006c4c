import type { Db } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { availabilityByGroup } from "@/lib/insight/availability/availability-by-group"
import {
  memberOf,
  sales,
  service,
  terminalsOfStores,
  type Days,
  type Figures,
} from "@/lib/outlook/league/sql"
import type { LeagueGrouping } from "@/lib/outlook/league/words"

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
}

/** The figures of all groups with terminals or sales. */
export async function figuresOf(db: Db, { by, days, stores }: Asked): Promise<Figures[]> {
  const isWhole = stores === null
  const terminals = stores && (await terminalsOfStores(db, stores)).map(({ id }) => id)
  const sold = new Map((await sales(db, by, days, { isWhole, terminals })).map((row) => [row.group_id, row]))
  const served = new Map((await service(db, by, { ...days, terminals })).map((row) => [row.group_id, row]))
  const availability = await availabilityByGroup(db, memberOf(by, { ...days, terminals }), {
    first: days.from,
    last: addDays(days.to, -1),
  })
  return [...new Set([...sold.keys(), ...served.keys()])]
    .map((id) => {
      const { attempts = 0, device = 0 } = sold.get(id) ?? {}
      const { terminals = 0, seconds = 0, flags = 0 } = served.get(id) ?? {}
      return {
        id,
        terminals,
        seconds,
        flags,
        attempts,
        device,
        availability: availability.get(id) ?? { openHours: 0, upHours: 0, share: null },
      }
    })
    .filter(({ terminals, attempts }) => terminals > 0 || attempts > 0)
}
