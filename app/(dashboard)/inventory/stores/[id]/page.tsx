import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query"
import { notFound } from "next/navigation"
import { StoreScreen } from "@/components/places/store-screen"
import { requireActor } from "@/lib/access/page-actor"
import { may } from "@/lib/access/permissions"
import { AppError } from "@/lib/errors"
import { paths } from "@/lib/paths"
import { PlaceId } from "@/lib/stores/fields"
import { getStore } from "@/lib/stores/list-stores"
import { storeOptions } from "@/lib/stores/queries"

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
