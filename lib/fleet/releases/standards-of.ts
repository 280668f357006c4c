import type { Actor } from "@/lib/access/actor/actor"
import type { Db } from "@/lib/base/db/transaction"
import { localDay } from "@/lib/base/time/zone"
import type { Component } from "@/lib/fleet/catalogue/components"
import { keptCounts } from "@/lib/fleet/catalogue/kept-counts"
import { standingOf, type Standards } from "@/lib/fleet/releases/shortfalls"
import { evaluatedReleases, policies, releases, type Reported } from "@/lib/fleet/releases/sql"

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
): Promise<Reported[]> =>
  (await countEvaluated(db, actor)).filter(
    (one) => one.component === component && (model === null || one.model === model),
  )

/** Terminals of a model with a version of the component that is behind a policy. */
export type BehindVersion = { model: number | null; version: string }

/** The versions of a component, by model, with which terminals are behind now. */
export async function behindVersions(db: Db, actor: Actor, component: Component): Promise<BehindVersion[]> {
  const standards = await standardsOf(db)
  const today = localDay(new Date(), "UTC")
  return (await evaluatedOf(db, actor, { component, model: null })).filter(
    (one) => standingOf(one, standards, today) === "behind",
  )
}
