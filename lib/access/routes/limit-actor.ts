import type { Actor } from "@/lib/access/actor/actor"
import type { Permission } from "@/lib/access/actor/permissions"
import { leasedLimiter } from "@/lib/base/limits/leased-limiter"
import { limiter } from "@/lib/base/limits/limiter"

/** A dashboard that polls makes about 60 requests a minute. */
const countRequest = limiter({ name: "requests", points: 600, seconds: 60 })
/**
 * 10,000 uploads a second: more than a million terminals send, and no more than a few processes can handle.
 */
const countUpload = leasedLimiter({ name: "uploads", points: 600_000, seconds: 60 }, 1_000)

/** Whether a route takes records. A vendor's system may post each sale by itself, as a terminal does. */
export const isUpload = (permission: Permission | null): boolean =>
  permission === "ingest" || permission === "vendors:write"

const nameOf = ({ kind, id }: Actor): string => `${kind} ${id}`

/** Counts an upload of a key. A process also limits how many uploads run at once. */
export const limitUploads = (actor: Actor): void | Promise<void> => countUpload(nameOf(actor))

/** Counts a request against the limit of its user or key. */
export const limitActor = (actor: Actor, permission: Permission): void | Promise<void> =>
  isUpload(permission) ? limitUploads(actor) : countRequest(nameOf(actor))
