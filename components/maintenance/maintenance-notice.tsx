"use client"

import { Alert, Anchor } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useNow, useTranslations } from "next-intl"
import Link from "next/link"
import { withQuery } from "@/lib/base/http/get-json"
import { paths } from "@/lib/base/paths"
import { windowListOptions } from "@/lib/fleet/maintenance/queries"

/** Says that a terminal is in maintenance. Nothing if it is not. */
export function MaintenanceNotice({ terminalId }: { terminalId: number }) {
  const t = useTranslations("maintenance")
  const format = useFormatter()
  const now = useNow({ updateInterval: 60_000 }).getTime()
  const { data } = useQuery(windowListOptions({ terminal: terminalId }))
  const going = (data?.data ?? []).flatMap(({ reason, next }) =>
    next && Date.parse(next.from) <= now && now < Date.parse(next.to) ? [{ reason, to: next.to }] : [],
  )
  if (going.length === 0) return null
  const until =
    going
      .map(({ to }) => to)
      .toSorted()
      .at(-1) ?? ""
  return (
    <Alert
      color="yellow"
      title={t("goesOn", {
        until: format.dateTime(new Date(until), { dateStyle: "medium", timeStyle: "short" }),
      })}
    >
      {going.map(({ reason }) => reason).join(" · ")}{" "}
      <Anchor
        component={Link}
        href={withQuery(paths.maintenance, { terminal: String(terminalId) })}
        size="sm"
      >
        {t("title")}
      </Anchor>
    </Alert>
  )
}
