import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { cache } from "react"
import { StoreScreen } from "@/components/stores/store-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { orNotFound } from "@/lib/access/routes/or-not-found"
import { requireActor } from "@/lib/access/routes/page-actor"
import { readerLanguage } from "@/lib/base/i18n/reader-language"
import { textIn } from "@/lib/base/names/names"
import { PlaceId } from "@/lib/fleet/stores/fields"
import { getStore } from "@/lib/fleet/stores/list-stores"
import { storeOptions } from "@/lib/fleet/stores/queries"
import { listFlags } from "@/lib/insight/flags/list-flags"
import { flagListOptions } from "@/lib/insight/flags/queries"
import { FlagQuery } from "@/lib/insight/flags/schemas"

type Props = { params: Promise<{ id: string }> }

/** Reads actor and id once for title and page. */
const read = cache(async (id: string) => {
  const parsed = PlaceId.safeParse({ id })
  if (!parsed.success) notFound()
  const storeId = parsed.data.id
  const actor = await requireActor("fleet:read")
  const store = await getStore({ actor, storeId }).catch(orNotFound)
  return { actor, store }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { store } = await read((await params).id)
  return { title: textIn(await readerLanguage(), store.name) }
}

export default async function StorePage({ params }: Props) {
  const { actor, store } = await read((await params).id)
  const flags = { store: store.id, status: "open" as const }
  return (
    <Seeded
      seeds={[
        seed(storeOptions(store.id), () => Promise.resolve(store)),
        // They stand above the rest, which would move when they come.
        seed(flagListOptions(flags), () => listFlags({ actor, query: FlagQuery.parse(flags) })),
      ]}
    >
      <StoreScreen
        storeId={store.id}
        mayChange={may(actor, "inventory:write")}
        mayMove={may(actor, "catalogue:write")}
        mayHandle={may(actor, "flags:write")}
      />
    </Seeded>
  )
}
