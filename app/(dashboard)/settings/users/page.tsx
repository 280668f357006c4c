import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { UsersScreen } from "@/components/users/users-screen"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("users"),
})

export default async function UsersPage() {
  await requireActor(paths.users, "users:manage")
  return <UsersScreen />
}
