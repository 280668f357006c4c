"use client"

import { Anchor } from "@mantine/core"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { paths } from "@/lib/base/paths"
import type { Flag } from "@/lib/insight/flags/schemas"

/** What a flag without a terminal is about: its incident. */
export function IncidentLink({ flag }: { flag: Flag }) {
  const t = useTranslations("flags.rules")
  return flag.incident === null ? (
    t(`${flag.rule}.name`)
  ) : (
    <Anchor component={Link} href={paths.incident(flag.incident)} size="sm" fw={600}>
      {t(`${flag.rule}.name`)}
    </Anchor>
  )
}
