import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { CodeTablesScreen } from "@/components/code-tables/code-tables-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { listCodePacks } from "@/lib/fleet/code-packs/list-code-packs"
import { codeSystemsOptions } from "@/lib/fleet/code-packs/queries"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("codeTables"))("title"),
})

export default async function CodeTablesPage() {
  const actor = await requireActor("fleet:read")
  return (
    <Seeded seeds={[seed(codeSystemsOptions(), () => listCodePacks({ actor }))]}>
      <CodeTablesScreen mayWrite={may(actor, "codes:write")} />
    </Seeded>
  )
}
