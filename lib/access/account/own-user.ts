import type { Actor } from "@/lib/access/actor/actor"

/** The actor as the subject of an audit entry. */
export const ownUser = ({ id, name }: Actor) => ({ kind: "user", id, name })
