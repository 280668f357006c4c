import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import type { SearchParams } from "nuqs/server"
import { ImportsScreen } from "@/components/imports/imports-screen"
import { loadImportView } from "@/components/imports/view"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { given } from "@/lib/base/http/given"
import { listImports } from "@/lib/intake/imports/runs/list-imports"
import { importListOptions } from "@/lib/intake/imports/runs/queries"
import { ImportQuery } from "@/lib/intake/imports/runs/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("imports"))("title"),
})

export default async function ImportsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor("imports:read")
  const query = given(await loadImportView(searchParams))
  return (
    <Seeded
      seeds={[seed(importListOptions(query), () => listImports({ actor, query: ImportQuery.parse(query) }))]}
    >
      <ImportsScreen mayImport={may(actor, "imports:write")} />
    </Seeded>
  )
}
