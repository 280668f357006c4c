import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ReplacementsScreen } from "@/components/replacements/replacements-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { getCalendar } from "@/lib/outlook/replacements/get-calendar"
import { getForecast } from "@/lib/outlook/replacements/get-forecast"
import { calendarOptions, forecastOptions } from "@/lib/outlook/replacements/queries"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("replacements"),
})

export default async function ReplacementsPage() {
  const actor = await requireActor("fleet:read")
  return (
    <Seeded
      seeds={[
        seed(forecastOptions(), () => getForecast({ actor })),
        seed(calendarOptions(), () => getCalendar({ actor })),
      ]}
    >
      <ReplacementsScreen mayChangeSettings={may(actor, "organisation:manage")} />
    </Seeded>
  )
}
