import type { Actor } from "@/lib/access/actor/actor"
import type { Permission } from "@/lib/access/actor/permissions"
import { leasedLimiter } from "@/lib/base/limits/leased-limiter"
import { limiter } from "@/lib/base/limits/limiter"

/** A dashboard that polls makes about sixty requests a minute. */
const countRequest = limiter({ name: "requests", points: 600, seconds: 60 })
/**
 * Ten thousand uploads a second: more than a fleet of a million terminals sends, and no more than a few
 * processes take.
 */
const countUpload = leasedLimiter({ name: "uploads", points: 600_000, seconds: 60 }, 1_000)

const nameOf = ({ kind, id }: Actor): string => `${kind} ${id}`

/** Counts what a key uploads; how many uploads a process has under way at once is bounded besides. */
export const limitUploads = (actor: Actor): void | Promise<void> => countUpload(nameOf(actor))

/** Counts a request of the API against its user's or key's allowance. */
export const limitActor = (actor: Actor, permission: Permission): void | Promise<void> =>
  permission === "ingest" ? limitUploads(actor) : countRequest(nameOf(actor))
