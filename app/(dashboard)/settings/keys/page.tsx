import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { KeysScreen } from "@/components/keys/keys-screen"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("keys"),
})

export default async function KeysPage() {
  await requireActor(paths.keys, "keys:manage")
  return <KeysScreen />
}
