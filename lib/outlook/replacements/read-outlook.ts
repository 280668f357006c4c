import type { Actor } from "@/lib/access/actor/actor"
import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { ownOrg } from "@/lib/base/db/own-org"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { keptFresh } from "@/lib/base/kept/kept-fresh"
import { localDay } from "@/lib/base/time/zone"
import { readEconomics } from "@/lib/insight/replacement/read-economics"
import type { Group } from "@/lib/outlook/replacements/forecast"
import { quartersFrom } from "@/lib/outlook/replacements/quarters"
import { groupsOf, isLarge } from "@/lib/outlook/replacements/sql"

/** The groups of a large organisation, which read all its terminals. */
const ofWhole = keptFresh<Group[]>({ freshMs: 60_000, mostMs: 5 * 60_000, most: 100 })

/** What a forecast is made from. */
export async function readOutlook(db: Db, actor: Actor, now: Date) {
  const today = localDay(now, await organisationZone(db))
  const reading = { today, stores: actor.stores }
  const read = (on: Db) => groupsOf(on, reading)
  const [size] = actor.stores === null ? await isLarge(db) : []
  const groups = size?.large
    ? await ofWhole(`${actor.orgId} ${today}`, {
        first: () => read(db),
        again: () => inOrganisation(actor, read),
        now,
      })
    : await read(db)
  return { ...(await readEconomics(db, ownOrg)), reading, today, quarters: quartersFrom(today), groups }
}
