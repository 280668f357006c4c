import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ApiDocsScreen } from "@/components/openapi/api-docs-screen"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("apiDocs"))("title"),
})

export default async function ApiDocsPage() {
  const actor = await requireActor("account")
  return <ApiDocsScreen maySend={may(actor, "ingest")} />
}
