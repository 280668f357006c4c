"use client"

import { ActionIcon, Button, Group, useMantineColorScheme } from "@mantine/core"
import { IconMoon, IconSun } from "@tabler/icons-react"
import { useLocale, useTranslations } from "next-intl"
import { useRouter } from "next/navigation"

/** Buttons for language and colour scheme. */
export function Preferences() {
  const t = useTranslations("shell")
  const router = useRouter()
  const other = useLocale() === "zh" ? "en" : "zh"
  const { toggleColorScheme } = useMantineColorScheme()
  const switchLanguage = async () => {
    await fetch("/locale", {
      method: "POST",
      body: JSON.stringify({ locale: other }),
      headers: { "content-type": "application/json" },
    })
    router.refresh()
  }
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        lang={other}
        onClick={() => void switchLanguage()}
      >
        {other === "en" ? "English" : "中文"}
      </Button>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("colorScheme")}
        onClick={() => toggleColorScheme()}
      >
        <IconMoon size={18} className="only-light" />
        <IconSun size={18} className="only-dark" />
      </ActionIcon>
    </Group>
  )
}
