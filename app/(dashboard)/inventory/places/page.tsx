import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import type { SearchParams } from "nuqs/server"
import { PlacesScreen } from "@/components/merchants/places-screen"
import { loadPlacesView } from "@/components/merchants/view"
import { LackingStores } from "@/components/stores/lacking-stores"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { listMerchants } from "@/lib/fleet/merchants/list-merchants"
import { merchantListOptions } from "@/lib/fleet/merchants/queries"
import { MerchantQuery } from "@/lib/fleet/merchants/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("places"))("title"),
})

export default async function PlacesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor("fleet:read")
  const { q, lacks } = await loadPlacesView(searchParams)
  return (
    <Seeded
      seeds={[
        seed(merchantListOptions(q), async () => ({
          pages: [await listMerchants({ actor, query: MerchantQuery.parse({ q }) })],
          pageParams: [null],
        })),
      ]}
    >
      {lacks ? <LackingStores what={lacks} /> : <PlacesScreen mayChange={may(actor, "catalogue:write")} />}
    </Seeded>
  )
}
