import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { SendDataScreen } from "@/components/openapi/send-data-screen"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("sendData"),
})

export default async function SendDataPage() {
  await requireActor(paths.sendData, "ingest")
  return <SendDataScreen />
}
