import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import type { SearchParams } from "nuqs/server"
import { QuarantineScreen } from "@/components/quarantine/quarantine-screen"
import { loadQuarantineView, quarantineQueryOf } from "@/components/quarantine/view"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { given } from "@/lib/base/http/given"
import { listQuarantine } from "@/lib/intake/quarantine/list-quarantine"
import { quarantineListOptions } from "@/lib/intake/quarantine/queries"
import { QuarantineQuery } from "@/lib/intake/quarantine/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("quarantine"))("title"),
})

export default async function QuarantinePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor("quarantine:read")
  const query = given(quarantineQueryOf(await loadQuarantineView(searchParams)))
  return (
    <Seeded
      seeds={[
        seed(quarantineListOptions(query), () =>
          listQuarantine({ actor, query: QuarantineQuery.parse(query) }),
        ),
      ]}
    >
      <QuarantineScreen mayReplay={may(actor, "quarantine:write")} />
    </Seeded>
  )
}
