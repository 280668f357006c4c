"use client"

import { ActionIcon, Button, Group, useMantineColorScheme } from "@mantine/core"
import { IconMoon, IconSun } from "@tabler/icons-react"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useLanguage } from "@/components/ui/use-language"
import { choose } from "@/lib/base/i18n/choose"

/** Buttons for language and colour scheme. */
export function Preferences() {
  const t = useTranslations("shell")
  const router = useRouter()
  const other = useLanguage() === "zh" ? "en" : "zh"
  const { toggleColorScheme } = useMantineColorScheme()
  const switchLanguage = async () => {
    await choose({ locale: other })
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
