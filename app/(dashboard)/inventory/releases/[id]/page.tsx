import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { notFound } from "next/navigation"
import { cache } from "react"
import { RolloutScreen } from "@/components/releases/rollout-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { orNotFound } from "@/lib/access/routes/or-not-found"
import { requireActor } from "@/lib/access/routes/page-actor"
import { EntryId } from "@/lib/fleet/catalogue/fields"
import { getRollout } from "@/lib/insight/rollouts/get-rollout"
import { rolloutOptions } from "@/lib/insight/rollouts/queries"

type Props = { params: Promise<{ id: string }> }

/** Reads the rollout once for title and page. */
const read = cache(async (id: string) => {
  const actor = await requireActor("fleet:read")
  const parsed = EntryId.safeParse({ id })
  if (!parsed.success) notFound()
  return getRollout({ actor, params: parsed.data }).catch(orNotFound)
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { release } = await read((await params).id)
  const component = (await getTranslations("components"))(release.component)
  return { title: `${component} ${release.version}` }
}

export default async function ReleasePage({ params }: Props) {
  const rollout = await read((await params).id)
  const { id } = rollout.release
  return (
    <Seeded seeds={[seed(rolloutOptions(id), () => Promise.resolve(rollout))]}>
      <RolloutScreen releaseId={id} />
    </Seeded>
  )
}
