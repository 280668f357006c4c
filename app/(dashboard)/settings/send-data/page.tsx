import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { SendDataScreen } from "@/components/send-data/send-data-screen"
import { requireActor } from "@/lib/access/page-actor"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("sendData"),
})

export default async function SendDataPage() {
  await requireActor(paths.sendData, "ingest")
  return <SendDataScreen />
}
