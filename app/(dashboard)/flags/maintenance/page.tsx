import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import type { SearchParams } from "nuqs/server"
import { loadWindowView } from "@/components/maintenance/view"
import { WindowsScreen } from "@/components/maintenance/windows-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { given } from "@/lib/base/http/given"
import { listWindows } from "@/lib/fleet/maintenance/list-windows"
import { windowListOptions } from "@/lib/fleet/maintenance/queries"
import { WindowQuery } from "@/lib/fleet/maintenance/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("maintenance"))("title"),
})

export default async function MaintenancePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor("fleet:read")
  const query = given(await loadWindowView(searchParams))
  return (
    <Seeded
      seeds={[seed(windowListOptions(query), () => listWindows({ actor, query: WindowQuery.parse(query) }))]}
    >
      <WindowsScreen mayWrite={may(actor, "flags:write")} isWhole={actor.stores === null} />
    </Seeded>
  )
}
