import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { TerminalsScreen } from "@/components/terminals/terminals-screen"
import { requireActor } from "@/lib/access/page-actor"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("terminals"))("title") })

export default async function TerminalsPage() {
  await requireActor(paths.terminals, "fleet:read")
  return <TerminalsScreen />
}
