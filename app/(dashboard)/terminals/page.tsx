import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import type { SearchParams } from "nuqs/server"
import { TerminalsScreen } from "@/components/terminals/terminals-screen"
import { loadTerminalView } from "@/components/terminals/view"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { given } from "@/lib/base/http/given"
import { listTerminals, terminalFacets } from "@/lib/fleet/terminals/read/list-terminals"
import { terminalFacetsOptions, terminalListOptions } from "@/lib/fleet/terminals/read/queries"
import { TerminalQuery } from "@/lib/fleet/terminals/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("terminals"))("title"),
})

export default async function TerminalsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor("fleet:read")
  const query = given(await loadTerminalView(searchParams))
  const canChange = may(actor, "inventory:write")
  return (
    <Seeded
      seeds={[
        seed(terminalListOptions(query), () => listTerminals({ actor, query: TerminalQuery.parse(query) })),
        seed(terminalFacetsOptions(), () => terminalFacets({ actor })),
      ]}
    >
      <TerminalsScreen canChange={canChange} canImport={canChange && may(actor, "imports:write")} />
    </Seeded>
  )
}
