import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { PlacesScreen } from "@/components/merchants/places-screen"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("places"))("title"),
})

export default async function PlacesPage() {
  const actor = await requireActor(paths.places, "fleet:read")
  return <PlacesScreen mayChange={may(actor, "catalogue:write")} />
}
