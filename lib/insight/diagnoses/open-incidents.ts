import { DateTime } from "luxon"
import { asWorker } from "@/lib/base/db/transaction"
import type { Locale } from "@/lib/base/i18n/locale"
import { textIn } from "@/lib/base/names/names"
import type { Diagnosis } from "@/lib/insight/diagnoses/schemas"
import { incidentsAt, type OpenIncident } from "@/lib/insight/diagnoses/sql"
import { diagnosisWords } from "@/lib/insight/diagnoses/words"

type Asked = { orgId: string; terminalId: number; issuer: string; language: Locale; now: Date }

/**
 * What is known to be wrong around a terminal: with its store, carrier and acquirers, and with issuers. Only
 * numbers of other stores are told. `issuer` is that of the card, if it is known.
 */
export async function openIncidentsAt({ language, now, ...asked }: Asked): Promise<Diagnosis["incidents"]> {
  const t = diagnosisWords(language)
  const found = await asWorker((db) => incidentsAt(db, asked))
  return found.map((one) => ({
    class: one.class,
    since: one.opened_at.toISOString(),
    stores: one.stores,
    text: t(`incidents.${one.class}`, {
      name: textIn(language, one.name ?? ""),
      stores: one.stores,
      since: timeOf(one, language, now),
    }),
  }))
}

/** In the store's zone; without the date if it is today. */
function timeOf({ opened_at: at, zone }: OpenIncident, language: Locale, now: Date): string {
  const [then, today] = [at, now].map((one) => DateTime.fromJSDate(one, { zone }))
  if (!then || !today) return ""
  if (then.hasSame(today, "day")) return then.toFormat("HH:mm")
  return then.setLocale(language).toFormat(language === "zh" ? "M月d日 HH:mm" : "d MMM, HH:mm")
}
