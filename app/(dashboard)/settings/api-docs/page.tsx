import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ApiDocsScreen } from "@/components/api-docs/api-docs-screen"
import { requireActor } from "@/lib/access/page-actor"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("apiDocs"))("title") })

export default async function ApiDocsPage() {
  await requireActor(paths.apiDocs, "account")
  return <ApiDocsScreen />
}
