import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import type { Component } from "@/lib/fleet/catalogue/components"
import type { EntryId } from "@/lib/fleet/catalogue/fields"
import { keptFor } from "@/lib/fleet/catalogue/kept-counts"
import { releaseOrThrow } from "@/lib/fleet/releases/release-or-throw"
import { evaluatedOf } from "@/lib/fleet/releases/standards-of"
import { isBehind } from "@/lib/fleet/releases/version"
import { openIncidentOfRelease } from "@/lib/insight/incidents/incident-of-release"
import { courseOf, olderThan } from "@/lib/insight/rollouts/course"
import { adviceOf } from "@/lib/insight/rollouts/effect"
import type { Course, Rollout } from "@/lib/insight/rollouts/schemas"
import { keptCourse } from "@/lib/insight/rollouts/sql"

/** Courses of large organisations that the worker has not worked out. */
const ofOthers = keptFor<Course>({ freshMs: 600_000, mostMs: 3_600_000 })
/** The worker works them out once a day. */
const longestKeptMs = 2 * 86_400_000

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
    const older = olderThan(version, versions)
    const course = await readCourse(db, actor, { component, version, model, older })
    return {
      release: { id, component, version, model, modelName },
      terminals: {
        same: count((other) => other === version),
        older: count((other) => older.includes(other)),
        newer: count((other) => isBehind(version, other)),
      },
      ...course,
      incident,
      advice: adviceOf({
        effects: [course.effect, ...course.rings.map(({ effect }) => effect)],
        hasIncident: incident !== null,
      }),
    }
  })
}

type Of = { component: Component; version: string; model: number | null; older: readonly string[] }

/** The course that the worker keeps of a large organisation, or a new one. */
async function readCourse(db: Db, actor: Actor, of: Of): Promise<Course> {
  const now = new Date()
  const since = new Date(now.getTime() - longestKeptMs)
  const [kept] = actor.stores === null ? await keptCourse(db, { ...of, since }) : []
  if (kept) return kept.course
  const [course] = await ofOthers(
    db,
    actor,
    `${of.component} ${of.model} ${of.version}`,
    async (on, stores) => [await courseOf(on, { ...of, stores, now })],
  )
  if (!course) throw new Error("a release has one course")
  return course
}
