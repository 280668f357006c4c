import { unassignedName } from "@/lib/access/organisation/words"
import { asWorkerPrisma } from "@/lib/base/db/transaction"

type NewOrganisation = { name: string; timeZone?: string; language?: "zh" | "en"; demoProgressPct?: number }

/** Creates an organisation and its unassigned store. Returns the organisation's id. */
export const createOrganisation = ({
  name,
  timeZone = "Asia/Shanghai",
  language = "zh",
  demoProgressPct,
}: NewOrganisation): Promise<string> =>
  asWorkerPrisma(async (tx) => {
    const { id } = await tx.organisation.create({
      data: { name, timeZone, language, demoProgressPct: demoProgressPct ?? null },
    })
    await tx.store.create({
      data: {
        orgId: id,
        code: "unassigned",
        name: unassignedName[language],
        timeZone,
        isUnassigned: true,
      },
    })
    return id
  })
