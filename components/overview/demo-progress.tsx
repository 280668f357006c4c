"use client"

import { Alert, Progress } from "@mantine/core"
import { useTranslations } from "next-intl"

/** How far the demo data are loaded. */
export function DemoProgress({ percent }: { percent: number | null }) {
  const t = useTranslations("overview")
  if (percent === null || percent >= 100) return null
  return (
    <Alert color="teal" title={t("demoTitle")}>
      {t("demoText", { percent })}
      <Progress mt="xs" value={percent} aria-label={t("demoTitle")} />
    </Alert>
  )
}
