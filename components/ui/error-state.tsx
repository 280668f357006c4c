"use client"

import { Alert, Button, Stack } from "@mantine/core"
import { IconAlertTriangle } from "@tabler/icons-react"
import { useTranslations } from "next-intl"

/** Something could not be loaded; what was shown before stays where it can. */
export function ErrorState({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations("common")
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t("errorTitle")} role="alert">
      <Stack gap="xs" align="flex-start">
        {t("errorText")}
        <Button size="xs" variant="light" color="red" onClick={onRetry}>
          {t("retry")}
        </Button>
      </Stack>
    </Alert>
  )
}
