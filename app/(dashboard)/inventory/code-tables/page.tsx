import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { CodeTablesScreen } from "@/components/code-tables/code-tables-screen"
import { loadCodeTablesView } from "@/components/code-tables/view"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { getCodeTable } from "@/lib/fleet/code-packs/get-code-table"
import { listCodePacks } from "@/lib/fleet/code-packs/list-code-packs"
import { codeSystemsOptions, codeTableOptions } from "@/lib/fleet/code-packs/queries"
import { CodeSystem } from "@/lib/fleet/code-packs/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("codeTables"))("title"),
})

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function CodeTablesPage({ searchParams }: Props) {
  const actor = await requireActor("fleet:read")
  const { system } = await loadCodeTablesView(searchParams)
  const parsed = CodeSystem.safeParse({ codeSystem: system })
  const ofTable = parsed.success
    ? [seed(codeTableOptions(parsed.data.codeSystem), () => getCodeTable({ actor, params: parsed.data }))]
    : []
  return (
    <Seeded seeds={[seed(codeSystemsOptions(), () => listCodePacks({ actor })), ...ofTable]}>
      <CodeTablesScreen mayWrite={may(actor, "codes:write")} seesWaiting={may(actor, "imports:read")} />
    </Seeded>
  )
}
