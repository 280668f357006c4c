import type { Actor } from "@/lib/access/actor/actor"

/** The actor as what its deed was done to. */
export const ownUser = ({ id, name }: Actor) => ({ kind: "user", id, name })
