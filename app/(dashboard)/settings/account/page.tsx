import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { AccountScreen } from "@/components/account/account-screen"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("account"),
})

export default async function AccountPage() {
  await requireActor(paths.account, "account")
  return <AccountScreen />
}
