import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { LabelSheets } from "@/components/terminals/label-sheets"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { readerLanguage } from "@/lib/base/i18n/reader-language"
import { namesIn } from "@/lib/base/names/names"
import { labelSheet } from "@/lib/fleet/terminals/read/label-sheet"
import { LabelQuery } from "@/lib/fleet/terminals/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("labelSheet"))("title"),
})

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function LabelsPage({ searchParams }: Props) {
  const actor = await requireActor("fleet:read")
  const { grid: _grid, ...asked } = await searchParams
  const query = LabelQuery.safeParse(asked)
  const { labels, isCut } = query.success
    ? await labelSheet({ actor, query: query.data })
    : { labels: [], isCut: false }
  return (
    <LabelSheets
      labels={namesIn(await readerLanguage(), labels)}
      isCut={isCut}
      canChange={may(actor, "inventory:write")}
    />
  )
}
