import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { addDays, localDay, type Day } from "@/lib/base/time/zone"
import type { EntryId } from "@/lib/fleet/catalogue/fields"
import { keptFor } from "@/lib/fleet/catalogue/kept-counts"
import { releaseOrThrow } from "@/lib/fleet/releases/release-or-throw"
import type { Release } from "@/lib/fleet/releases/schemas"
import { evaluatedOf } from "@/lib/fleet/releases/standards-of"
import { isBehind } from "@/lib/fleet/releases/version"
import { openIncidentOfRelease } from "@/lib/insight/incidents/incident-of-release"
import { adviceOf, effectOf, sumOf } from "@/lib/insight/rollouts/effect"
import { ringsOf, type RingStore } from "@/lib/insight/rollouts/rings"
import type { Rollout } from "@/lib/insight/rollouts/schemas"
import { countStuck, ringStores, stuckTerminals, type StoreRow } from "@/lib/insight/rollouts/sql"

/** After so many days in a store that got the release, a terminal without it counts as stuck. */
const stuckAfterDays = 7
const mostStuck = 100

const keptStores = keptFor<StoreRow>({ freshMs: 600_000, mostMs: 3_600_000 })

/** How far a release has come, and whether sales fail more often since. */
export async function getRollout({
  actor,
  params: { id },
}: {
  actor: Actor
  params: EntryId
}): Promise<Rollout> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const release = await releaseOrThrow(db, id)
    const { component, version, model, modelName } = release
    const versions = await evaluatedOf(db, actor, { component, model })
    const count = (isWanted: (other: string) => boolean) =>
      versions.reduce((sum, one) => sum + (isWanted(one.version) ? one.terminals : 0), 0)
    const incident = await openIncidentOfRelease(db, { release: `${component}:${version}`, model })
    const older = [...new Set(versions.map((one) => one.version))].filter((one) => isBehind(one, version))
    const course = component === "app" ? await courseOf(db, actor, { release, older }) : null
    return {
      release: { id, component, version, model, modelName },
      terminals: {
        same: count((other) => other === version),
        older: count((other) => older.includes(other)),
        newer: count((other) => isBehind(version, other)),
      },
      rings: course?.rings ?? null,
      effect: course?.effect ?? null,
      stuck: course?.stuck ?? null,
      incident,
      advice: adviceOf({
        effects: course ? [course.effect, ...course.rings.map(({ effect }) => effect)] : [],
        hasIncident: incident !== null,
      }),
    }
  })
}

type Asked = { release: Release; older: readonly string[] }

/** The course of a rollout of the app, whose versions are kept by day. */
async function courseOf(db: Db, actor: Actor, { release, older }: Asked) {
  const { version, model } = release
  const today = localDay(new Date(), "UTC")
  const rows = await keptStores(db, actor, `${model} ${version}`, (on, stores) =>
    ringStores(on, { version, model, today, stores }),
  )
  const stores = rows.map(storeOf)
  return {
    rings: ringsOf(stores),
    effect: effectOf(sumOf(stores)),
    stuck: await stuckIn(db, { stores, older, model, today }),
  }
}

const storeOf = (row: StoreRow): RingStore => ({
  storeId: row.store_id,
  label: row.label,
  firstOn: row.first_on,
  terminals: row.terminals,
  updated: { before: row.updated_before, after: row.updated_after },
  others: { before: row.other_before, after: row.other_after },
})

type Waiting = { stores: readonly RingStore[]; older: readonly string[]; model: number | null; today: Day }

async function stuckIn(db: Db, { stores, older, model, today }: Waiting): Promise<Rollout["stuck"]> {
  const since = new Map(
    stores
      .filter(({ firstOn }) => firstOn <= addDays(today, -stuckAfterDays))
      .map(({ storeId, firstOn }) => [storeId, firstOn]),
  )
  const waiting = { older, model, stores: [...since.keys()] }
  const rows = await stuckTerminals(db, waiting, mostStuck)
  const [counted] = rows.length < mostStuck ? [] : await countStuck(db, waiting)
  return {
    count: counted?.count ?? rows.length,
    data: rows.map(({ id, serial, store_id: store, store_name: name, version }) => ({
      id,
      serial,
      store: { id: store, name },
      version,
      storeSince: since.get(store) ?? today,
    })),
  }
}
