import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { FlagsScreen } from "@/components/flags/flags-screen"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("flags"))("title"),
})

export default async function FlagsPage() {
  await requireActor(paths.flags, "fleet:read")
  return <FlagsScreen />
}
