import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ApiDocsScreen } from "@/components/api-docs/api-docs-screen"
import { requireActor } from "@/lib/access/page-actor"
import { may } from "@/lib/access/permissions"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("apiDocs"))("title"),
})

export default async function ApiDocsPage() {
  const actor = await requireActor(paths.apiDocs, "account")
  return <ApiDocsScreen maySend={may(actor, "ingest")} />
}
