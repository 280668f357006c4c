import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ReleasesScreen } from "@/components/releases/releases-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { listApprovals } from "@/lib/fleet/approvals/list-approvals"
import { listProposals } from "@/lib/fleet/approvals/list-proposals"
import { approvalsOptions, proposalsOptions } from "@/lib/fleet/approvals/queries"
import { getCompliance } from "@/lib/fleet/compliance/get-compliance"
import { complianceOptions } from "@/lib/fleet/compliance/queries"
import { listPolicies } from "@/lib/fleet/releases/list-policies"
import { listReleases } from "@/lib/fleet/releases/list-releases"
import { policiesOptions, releasesOptions } from "@/lib/fleet/releases/queries"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("releases"),
})

export default async function ReleasesPage() {
  const actor = await requireActor("fleet:read")
  return (
    <Seeded
      seeds={[
        seed(releasesOptions(), () => listReleases({ actor })),
        seed(complianceOptions({ by: "model" }), () => getCompliance({ actor, query: { by: "model" } })),
        seed(policiesOptions(), () => listPolicies({ actor })),
        seed(approvalsOptions(), () => listApprovals({ actor, query: {} })),
        seed(proposalsOptions(), () => listProposals({ actor })),
      ]}
    >
      <ReleasesScreen mayWrite={may(actor, "catalogue:write")} />
    </Seeded>
  )
}
