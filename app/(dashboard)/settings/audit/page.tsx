import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { AuditScreen } from "@/components/audit/audit-screen"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("audit"),
})

export default async function AuditPage() {
  await requireActor(paths.audit, "audit:read")
  return <AuditScreen />
}
