import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { AuditScreen } from "@/components/audit/audit-screen"
import { requireActor } from "@/lib/access/page-actor"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("audit"),
})

export default async function AuditPage() {
  await requireActor(paths.audit, "audit:read")
  return <AuditScreen />
}
