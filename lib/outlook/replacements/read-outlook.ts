import type { Actor } from "@/lib/access/actor/actor"
import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { ownOrg } from "@/lib/base/db/own-org"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { keptFresh } from "@/lib/base/kept/kept-fresh"
import { localDay } from "@/lib/base/time/zone"
import { hasTerminals } from "@/lib/fleet/terminals/has-terminals"
import { readEconomics } from "@/lib/insight/replacement/read-economics"
import type { Group } from "@/lib/outlook/replacements/forecast"
import { quartersFrom } from "@/lib/outlook/replacements/quarters"
import { groupsOf } from "@/lib/outlook/replacements/sql"

/** An organisation with so many terminals is large. */
const fewestToKeep = 5_000
/** The groups of a large organisation, which read all its terminals. */
const ofWhole = keptFresh<Group[]>({ freshMs: 60_000, mostMs: 5 * 60_000, most: 100 })

/** What a forecast is made from. */
export async function readOutlook(db: Db, actor: Actor, now: Date) {
  const today = localDay(now, await organisationZone(db))
  const reading = { today, stores: actor.stores }
  const read = (on: Db) => groupsOf(on, reading)
  const isLarge = actor.stores === null && (await hasTerminals(db, fewestToKeep))
  const groups = isLarge
    ? await ofWhole(`${actor.orgId} ${today}`, {
        first: () => read(db),
        again: () => inOrganisation(actor, read),
        now,
      })
    : await read(db)
  return { ...(await readEconomics(db, ownOrg)), reading, today, quarters: quartersFrom(today), groups }
}
