import type { Actor } from "@/lib/access/actor"
import { inOrganisationPrisma } from "@/lib/db/transaction"

export const organisationName = (actor: Actor): Promise<string> =>
  inOrganisationPrisma(actor.orgId, async (tx) => (await tx.organisation.findUniqueOrThrow({ where: { id: actor.orgId }, select: { name: true } })).name)
