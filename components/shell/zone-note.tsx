"use client"

import { Anchor } from "@mantine/core"
import { useMounted } from "@mantine/hooks"
import { useNow, useTranslations } from "next-intl"
import Link from "next/link"
import { paths } from "@/lib/base/paths"
import { isSameClock } from "@/lib/base/time/reader-day"

/** The time zone of all shown times, if the browser's clock is another. */
export function ZoneNote({ zone }: { zone: string }) {
  const t = useTranslations("shell")
  const isMounted = useMounted()
  const now = useNow()
  if (!isMounted || isSameClock(zone, Intl.DateTimeFormat().resolvedOptions().timeZone, now)) return null
  return (
    <Anchor
      component={Link}
      href={paths.account}
      size="xs"
      c="dimmed"
      truncate
      title={t("zoneNote", { zone })}
    >
      {zone.replaceAll("_", " ")}
    </Anchor>
  )
}
