"use client"

import { Alert, Anchor } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { useGap } from "@/components/ui/use-language"
import { paths } from "@/lib/base/paths"
import { terminalListOptions } from "@/lib/fleet/terminals/read/queries"

const terminalsShown = 3

/** Warns of terminals whose serial number or TID is in the saved list of placeholders. */
export function PlaceholderNotice() {
  const t = useTranslations("organisation")
  const comma = useTranslations("common")("comma")
  const gap = useGap()
  const named = useQuery(terminalListOptions({ placeholder: "true", limit: terminalsShown }))
  if (!named.data || named.data.total === 0) return null
  return (
    <Alert color="yellow" role="status" title={t("placeholderTerminals", { count: named.data.total })}>
      {t("placeholderTerminalsText")}
      {gap}
      <Anchor component={Link} size="sm" href={`${paths.terminals}?placeholder=true`}>
        {named.data.data.map(({ serial }) => serial).join(comma)}
        {named.data.total > terminalsShown ? " …" : ""}
      </Anchor>
    </Alert>
  )
}
