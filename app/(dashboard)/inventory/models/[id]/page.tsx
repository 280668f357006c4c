import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { cache } from "react"
import { ModelScreen } from "@/components/models/model-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { orNotFound } from "@/lib/access/routes/or-not-found"
import { requireActor } from "@/lib/access/routes/page-actor"
import { readerLanguage } from "@/lib/base/i18n/reader-language"
import { textIn } from "@/lib/base/names/names"
import { listProposals } from "@/lib/fleet/approvals/list-proposals"
import { proposalsOptions } from "@/lib/fleet/approvals/queries"
import { EntryId } from "@/lib/fleet/catalogue/fields"
import { getModel } from "@/lib/fleet/models/get-model"
import { modelOptions } from "@/lib/fleet/models/queries"

type Props = { params: Promise<{ id: string }> }

/** Reads actor and id once for title and page. */
const read = cache(async (id: string) => {
  const actor = await requireActor("fleet:read")
  const parsed = EntryId.safeParse({ id })
  if (!parsed.success) notFound()
  const model = await getModel({ actor, params: parsed.data }).catch(orNotFound)
  return { actor, model }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { model } = await read((await params).id)
  return { title: textIn(await readerLanguage(), model.name) }
}

export default async function ModelPage({ params }: Props) {
  const { actor, model } = await read((await params).id)
  return (
    <Seeded
      seeds={[
        seed(modelOptions(model.id), () => Promise.resolve(model)),
        seed(proposalsOptions(), () => listProposals({ actor })),
      ]}
    >
      <ModelScreen modelId={model.id} mayWrite={may(actor, "catalogue:write")} />
    </Seeded>
  )
}
