import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query"
import { notFound } from "next/navigation"
import { StoreScreen } from "@/components/stores/store-screen"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { AppError } from "@/lib/base/errors"
import { paths } from "@/lib/base/paths"
import { PlaceId } from "@/lib/fleet/stores/fields"
import { getStore } from "@/lib/fleet/stores/list-stores"
import { storeOptions } from "@/lib/fleet/stores/queries"

type Props = { params: Promise<{ id: string }> }

export default async function StorePage({ params }: Props) {
  const { id } = await params
  const parsed = PlaceId.safeParse({ id })
  if (!parsed.success) notFound()
  const storeId = parsed.data.id
  const actor = await requireActor(paths.store(storeId), "fleet:read")
  const store = await getStore({ actor, storeId }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound()
    throw error
  })
  const queryClient = new QueryClient()
  queryClient.setQueryData(storeOptions(storeId).queryKey, store)
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <StoreScreen
        storeId={storeId}
        mayChange={may(actor, "inventory:write")}
        mayMove={may(actor, "catalogue:write")}
      />
    </HydrationBoundary>
  )
}
