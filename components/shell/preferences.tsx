"use client"

import { ActionIcon, Button, Group, useMantineColorScheme } from "@mantine/core"
import { IconMoon, IconSun } from "@tabler/icons-react"
import { useMutation } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { CornerNotice } from "@/components/ui/corner-notice"
import { useLanguage } from "@/components/ui/use-language"
import { choose } from "@/lib/base/i18n/choose"

/** Buttons for language and colour scheme. */
export function Preferences() {
  const t = useTranslations("shell")
  const tCommon = useTranslations("common")
  const router = useRouter()
  const other = useLanguage() === "zh" ? "en" : "zh"
  const { toggleColorScheme } = useMantineColorScheme()
  const switchLanguage = useMutation({
    mutationFn: () => choose({ locale: other }),
    onSuccess: () => router.refresh(),
  })
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        lang={other}
        onClick={() => switchLanguage.mutate()}
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
      {switchLanguage.isError ? (
        <CornerNotice color="red" closeLabel={tCommon("close")} onClose={switchLanguage.reset}>
          {tCommon("notSaved")}
        </CornerNotice>
      ) : null}
    </Group>
  )
}
