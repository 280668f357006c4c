import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { shippedRatios } from "@/lib/insight/verdicts/likelihoods"
import type { VerdictRatios } from "@/lib/insight/verdicts/ratio-schemas"
import { ratioVersions } from "@/lib/insight/verdicts/ratios-sql"

const mostVersions = 20

/** What evidence weighs, as shipped and as the organisation's findings have taught. */
export async function showRatios({ actor }: { actor: Actor }): Promise<VerdictRatios> {
  requirePermission(actor, "fleet:read")
  const versions = await inOrganisation(actor, (db) => ratioVersions(db, mostVersions))
  const learnt = versions[0]?.ratios ?? []
  return {
    data: shippedRatios.map(({ code, cause, shipped }) => {
      const own = learnt.find((one) => one.code === code && one.cause === cause)
      return { code, cause, shipped, learnt: own?.learnt ?? shipped, seen: own?.seen ?? 0 }
    }),
    versions: versions.map(({ version, learnt_to: learntTo, findings }) => ({
      version,
      learntTo: learntTo.toISOString(),
      findings,
    })),
  }
}
