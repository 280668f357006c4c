import type { Actor } from "@/lib/access/actor/actor"
import type { Db } from "@/lib/base/db/transaction"
import { dayAt, dayOf } from "@/lib/base/time/zone-days"
import type { Component } from "@/lib/fleet/catalogue/components"
import { keptCounts } from "@/lib/fleet/catalogue/kept-counts"
import { standingOf, type Running, type Standards, type Standing } from "@/lib/fleet/releases/shortfalls"
import { evaluatedReleases, policies, releases, type Evaluated } from "@/lib/fleet/releases/sql"

/** The policies and releases of the organisation. */
export const standardsOf = async (db: Db): Promise<Standards> => ({
  policies: await policies(db),
  releases: await releases(db),
})

const countEvaluated = keptCounts(evaluatedReleases)

/** The versions of a component that terminals of a model report now, or of all models if it is null. */
export const evaluatedOf = async (
  db: Db,
  actor: Actor,
  { component, model }: { component: Component; model: number | null },
): Promise<Evaluated[]> =>
  (await countEvaluated(db, actor)).filter(
    (one) => one.component === component && (model === null || one.model === model),
  )

export type Present = { standards: Standards; now: Date }

/** How terminals stand on the present day of their stores. */
export const standingNow = (running: Running & { zone: string }, { standards, now }: Present): Standing =>
  standingOf(running, standards, dayOf(dayAt(running.zone, now.getTime())))

/** Terminals of a model in a time zone with a version of the component that is behind a policy. */
export type BehindVersion = { model: number | null; version: string; zone: string }

/** The versions of a component, by model, with which terminals are behind now. */
export async function behindVersions(db: Db, actor: Actor, component: Component): Promise<BehindVersion[]> {
  const present = { standards: await standardsOf(db), now: new Date() }
  return (await evaluatedOf(db, actor, { component, model: null })).filter(
    (one) => standingNow(one, present) === "behind",
  )
}
