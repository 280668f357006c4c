import { inOrganisationPrisma, wholeOrganisation } from "@/lib/base/db/transaction"

export const organisationName = (orgId: string): Promise<string> =>
  inOrganisationPrisma(
    wholeOrganisation(orgId),
    async (tx) =>
      (await tx.organisation.findUniqueOrThrow({ where: { id: orgId }, select: { name: true } })).name,
  )
