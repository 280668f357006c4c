import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { PlacesScreen } from "@/components/places/places-screen"
import { requireActor } from "@/lib/access/page-actor"
import { may } from "@/lib/access/permissions"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("places"))("title"),
})

export default async function PlacesPage() {
  const actor = await requireActor(paths.places, "fleet:read")
  return <PlacesScreen mayChange={may(actor, "catalogue:write")} />
}
