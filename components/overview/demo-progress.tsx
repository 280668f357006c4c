"use client"

import { Group, Progress, Text } from "@mantine/core"
import { useTranslations } from "next-intl"

/** How far the demo data are loaded. */
export function DemoProgress({ percent }: { percent: number | null }) {
  const t = useTranslations("overview")
  if (percent === null || percent >= 100) return null
  return (
    <Group gap="sm" role="status">
      <Text size="sm">
        <Text span fw={600}>
          {t("demoTitle")}
        </Text>{" "}
        {t("demoText", { percent })}
      </Text>
      <Progress value={percent} aria-label={t("demoTitle")} flex={1} miw={80} />
    </Group>
  )
}
