import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { notFound } from "next/navigation"
import { CoachingPage } from "@/components/coaching/coaching-page"
import { orNotFound } from "@/lib/access/routes/or-not-found"
import { requireActor } from "@/lib/access/routes/page-actor"
import { readerLanguage } from "@/lib/base/i18n/reader-language"
import { namesIn } from "@/lib/base/names/names"
import { coachingSheet } from "@/lib/insight/coaching/coaching-sheet"
import { CoachingQuery } from "@/lib/insight/coaching/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("coaching"))("title"),
})

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function CoachingSheetPage({ params, searchParams }: Props) {
  const actor = await requireActor("fleet:read")
  const asked = CoachingQuery.safeParse(await searchParams)
  const query = asked.success ? asked.data : {}
  const storeId = Number((await params).id)
  if (!Number.isSafeInteger(storeId)) notFound()
  const sheet = await coachingSheet({ actor, storeId, query }).catch(orNotFound)
  return <CoachingPage sheet={namesIn(await readerLanguage(), sheet)} />
}
