import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query"
import { notFound } from "next/navigation"
import { ModelScreen } from "@/components/models/model-screen"
import { requireActor } from "@/lib/access/page-actor"
import { may } from "@/lib/access/permissions"
import { EntryId } from "@/lib/catalogue/fields"
import { modelOptions } from "@/lib/catalogue/queries"
import { AppError } from "@/lib/errors"
import { getModel } from "@/lib/models/get-model"
import { paths } from "@/lib/paths"

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
