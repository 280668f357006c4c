"use client"

import { Alert, Button, Stack } from "@mantine/core"
import { IconAlertTriangle } from "@tabler/icons-react"
import { useTranslations } from "next-intl"

/** Shown when data could not be loaded. */
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
