import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { KeysScreen } from "@/components/keys/keys-screen"
import { requireActor } from "@/lib/access/page-actor"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("keys"),
})

export default async function KeysPage() {
  await requireActor(paths.keys, "keys:manage")
  return <KeysScreen />
}
