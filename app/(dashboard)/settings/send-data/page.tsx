import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { SendDataScreen } from "@/components/openapi/send-data-screen"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("sendData"),
})

export default async function SendDataPage() {
  return <SendDataScreen mayCreateKey={may(await requireActor("ingest"), "keys:manage")} />
}
