import { systemActor } from "@/lib/access/actor/actor"
import { asWorker, inOrganisation } from "@/lib/base/db/transaction"
import { isAlone } from "@/lib/base/rounds/alone"
import { inTurns } from "@/lib/base/rounds/in-turns"
import { evaluatedOf } from "@/lib/fleet/releases/standards-of"
import { courseOf, olderThan } from "@/lib/insight/rollouts/course"
import { deleteCourses, dueReleases, largeOrganisations, writeCourse } from "@/lib/insight/rollouts/sql"

const hourMs = 3_600_000
/** About once a day, and not later every day. */
const keptMs = 23 * hourMs
const oldMs = 48 * hourMs
const fewestToKeep = 5_000

type Keep = { now: Date; fewest?: number; signal?: AbortSignal }

/**
 * Works out how releases come to large organisations, because doing so reads weeks of days of every terminal.
 * Returns the number of releases.
 */
export async function keepCourses({ now, fewest = fewestToKeep, signal }: Keep): Promise<number> {
  const large = await asWorker((db) => largeOrganisations(db, fewest))
  await asWorker((db) => deleteCourses(db, new Date(now.getTime() - oldMs)))
  const work = async function* (orgId: string): AsyncGenerator<true, void> {
    while (!signal?.aborted && (await keepOne(orgId, now))) yield true
  }
  return (await inTurns({ loop: "rollouts", orgIds: large.map(({ id }) => id), work })).length
}

/** False if all are fresh, or another worker is at it. */
async function keepOne(orgId: string, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - keptMs)
  const actor = systemActor(orgId)
  const done = await inOrganisation(actor, async (db) => {
    if (!(await isAlone(db, { round: "rollouts", orgId }))) return null
    const [release] = await dueReleases(db, { since, limit: 1 })
    if (!release) return null
    const { component, version, model } = release
    const older = olderThan(version, await evaluatedOf(db, actor, { component, model }))
    return { ...release, course: await courseOf(db, { ...release, older, stores: null, now }) }
  })
  if (!done) return false
  await asWorker((db) => writeCourse(db, { orgId, now, ...done }))
  return true
}
