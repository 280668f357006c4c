import type { Actor } from "@/lib/access/actor/actor"
import type { Db } from "@/lib/base/db/transaction"
import type { Component } from "@/lib/fleet/catalogue/components"
import { newestFirst, seenOf } from "@/lib/fleet/releases/list-releases"

type ModelRelease = {
  component: Component
  version: string
  terminals: number
  supportEndOn: string | null
  /** Whether the catalogue has this version. */
  isKnown: boolean
}

/** The versions that a model's terminals run now, by component, newest first. */
export async function releasesOfModel(db: Db, actor: Actor, model: number): Promise<ModelRelease[]> {
  const seen = await seenOf(db, actor, model)
  return seen.toSorted(newestFirst).map(({ component, version, terminals, supportEndOn, releaseId }) => ({
    component,
    version,
    terminals,
    supportEndOn,
    isKnown: releaseId !== null,
  }))
}
