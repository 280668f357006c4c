import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query"
import { notFound } from "next/navigation"
import { ModelScreen } from "@/components/models/model-screen"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { AppError } from "@/lib/base/errors"
import { paths } from "@/lib/base/paths"
import { EntryId } from "@/lib/fleet/catalogue/fields"
import { getModel } from "@/lib/fleet/models/get-model"
import { modelOptions } from "@/lib/fleet/models/queries"

type Props = { params: Promise<{ id: string }> }

export default async function ModelPage({ params }: Props) {
  const { id } = await params
  const actor = await requireActor(`${paths.models}/${id}`, "fleet:read")
  const parsed = EntryId.safeParse({ id })
  if (!parsed.success) notFound()
  const model = await getModel({ actor, params: parsed.data }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound()
    throw error
  })
  const queryClient = new QueryClient()
  queryClient.setQueryData(modelOptions(model.id).queryKey, model)
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <ModelScreen modelId={model.id} mayWrite={may(actor, "catalogue:write")} />
    </HydrationBoundary>
  )
}
