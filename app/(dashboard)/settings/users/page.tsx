import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { UsersScreen } from "@/components/users/users-screen"
import { requireActor } from "@/lib/access/page-actor"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("users"),
})

export default async function UsersPage() {
  await requireActor(paths.users, "users:manage")
  return <UsersScreen />
}
