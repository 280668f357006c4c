import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { rangeOf } from "@/lib/base/time/range"
import type { Availability, AvailabilityQuery } from "@/lib/insight/availability/schemas"
import { hoursIn, salesIn, type Asked } from "@/lib/insight/availability/sql"
import { sumOfLosses, type Losses } from "@/lib/insight/availability/words"

type Request = { actor: Actor; query: AvailabilityQuery; now?: Date }

/** How much of their opening hours terminals were up and could sell, and how many sales a host decided. */
export async function getAvailability({ actor, query, now = new Date() }: Request): Promise<Availability> {
  requirePermission(actor, "fleet:read")
  const { store, terminal, ...wanted } = query
  return inOrganisation(actor, async (db) => {
    const zone = await organisationZone(db)
    const { range, from, to, days } = rangeOf({ ...wanted, zone, hoursFrom: now, daysOnly: true, at: now })
    if (range.resolution !== "day") throw new Error("availability is kept by day")
    const asked = { days: range.days, store, terminal, isWhole: actor.stores === null }
    return { ...(await availabilityIn(db, asked)), from, to, days }
  })
}

/** The three availabilities of days. All screens, reports and exports ask this. */
export async function availabilityIn(
  db: Db,
  asked: Asked,
): Promise<Omit<Availability, "from" | "to" | "days">> {
  const [hours] = await hoursIn(db, asked)
  const [sales] = await salesIn(db, asked)
  if (!hours || !sales) throw new Error("a sum returns one row")
  const down: Losses = {
    device: hours.down_device,
    line: hours.down_line,
    site: hours.down_site,
    system: 0,
    unknown: hours.down_unknown,
  }
  const failing = { device: down.device + hours.failing_device, system: hours.failing_system }
  return {
    hardware: partOf(hours.open, down),
    cardholder: partOf(hours.open + hours.sold, { ...down, ...failing }),
    authorisation: partOf(sales.sales, { ...nothing, device: sales.reads, system: sales.tech }),
    hoursUntil: hours.until,
  }
}

const nothing: Losses = { device: 0, line: 0, site: 0, system: 0, unknown: 0 }

function partOf(total: number, lost: Losses): Availability["hardware"] {
  const sum = sumOfLosses(lost)
  return { total, lost, share: total === 0 ? null : (total - sum) / total }
}
