import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { AuditScreen } from "@/components/audit/audit-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { auditFacets } from "@/lib/access/audit/list-audit"
import { auditFacetsOptions } from "@/lib/access/audit/queries"
import { requireActor } from "@/lib/access/routes/page-actor"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("audit"),
})

export default async function AuditPage() {
  const actor = await requireActor("audit:read")
  // Filters by day depend on the zone of the browser, so the browser loads the entries.
  return (
    <Seeded seeds={[seed(auditFacetsOptions(), () => auditFacets({ actor }))]}>
      <AuditScreen />
    </Seeded>
  )
}
