import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { KeysScreen } from "@/components/keys/keys-screen"
import { requireActor } from "@/lib/access/page-actor"
import { may } from "@/lib/access/permissions"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("settings"))("keys") })

export default async function KeysPage() {
  const actor = await requireActor(paths.keys)
  if (!may(actor, "keys:manage")) redirect(paths.account)
  return <KeysScreen />
}
