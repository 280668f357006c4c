import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import type { SearchParams } from "nuqs/server"
import { FlagsScreen } from "@/components/flags/flags-screen"
import { flagQuery, loadFlagView } from "@/components/flags/view"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { listFlags } from "@/lib/insight/flags/list-flags"
import { flagListOptions } from "@/lib/insight/flags/queries"
import { FlagQuery } from "@/lib/insight/flags/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("flags"))("title"),
})

export default async function FlagsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor("fleet:read")
  const query = flagQuery(await loadFlagView(searchParams))
  return (
    <Seeded seeds={[seed(flagListOptions(query), () => listFlags({ actor, query: FlagQuery.parse(query) }))]}>
      <FlagsScreen canChange={may(actor, "flags:write")} />
    </Seeded>
  )
}
