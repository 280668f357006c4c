import { inOrganisationPrisma } from "@/lib/db/transaction"

export type Run = { id: string; rowsDone: number; accepted: number; duplicates: number; rejected: number }

type File = { profile: string; fileName: string; fileHash: string }

/** The run of this very file that was stopped, to go on with; else a new one from the first row. */
export const beginRun = (orgId: string, { profile, fileName, fileHash }: File): Promise<Run> =>
  inOrganisationPrisma(orgId, async (tx) => {
    const key = { orgId_profile_fileHash: { orgId, profile, fileHash } }
    const found = await tx.importRun.findUnique({ where: key })
    if (found && found.finishedAt === null) return found
    const fresh = { rowsDone: 0, accepted: 0, duplicates: 0, rejected: 0, startedAt: new Date(), finishedAt: null }
    return tx.importRun.upsert({ where: key, create: { orgId, profile, fileName, fileHash, ...fresh }, update: { fileName, ...fresh } })
  })

export const noteProgress = (orgId: string, id: string, counts: Omit<Run, "id">) =>
  inOrganisationPrisma(orgId, (tx) => tx.importRun.updateMany({ where: { id }, data: counts }))

export const finishRun = (orgId: string, id: string) =>
  inOrganisationPrisma(orgId, (tx) => tx.importRun.updateMany({ where: { id }, data: { finishedAt: new Date() } }))
