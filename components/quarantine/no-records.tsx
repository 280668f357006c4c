"use client"

import { useTranslations } from "next-intl"
import type { SetValues } from "nuqs"
import type { QuarantineView, quarantineView } from "@/components/quarantine/view"
import { EmptyList } from "@/components/ui/empty-list"

type Props = { view: QuarantineView; setView: SetValues<typeof quarantineView> }

/** Shown without records. */
export function NoRecords({ view: { code, kind, terminal, state }, setView }: Props) {
  const t = useTranslations("quarantine")
  return (
    <EmptyList
      isFiltered={code !== null || kind !== null || terminal !== null}
      noMatch={t("noMatch")}
      none={t(`none.${state}`)}
      onClear={() => void setView({ code: null, kind: null, terminal: null, cursor: null })}
    >
      {state === "open" ? t("noneText") : null}
    </EmptyList>
  )
}
