import type { Db } from "@/lib/base/db/transaction"
import type { Component } from "@/lib/fleet/catalogue/components"
import { newestFirst } from "@/lib/fleet/releases/list-releases"
import { seenReleases } from "@/lib/fleet/releases/sql"

type ModelRelease = {
  component: Component
  version: string
  terminals: number
  supportEndOn: string | null
  /** Whether the catalogue has this version. */
  isKnown: boolean
}

/** The versions that a model's terminals run now, by component, newest first. */
export async function releasesOfModel(db: Db, model: number): Promise<ModelRelease[]> {
  const seen = await seenReleases(db, model)
  return seen.toSorted(newestFirst).map(({ component, version, terminals, supportEndOn, releaseId }) => ({
    component,
    version,
    terminals,
    supportEndOn,
    isKnown: releaseId !== null,
  }))
}
