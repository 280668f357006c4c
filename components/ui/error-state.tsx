"use client"

import { Alert, Button, Stack } from "@mantine/core"
import { IconAlertTriangle } from "@tabler/icons-react"
import { useTranslations } from "next-intl"
import { RequestFailed } from "@/lib/base/http/get-json"

type Props = {
  /** The error. If the API refused the request as it was asked, its text says what to change. */
  error?: Error | null | undefined
  onRetry: () => void
}

/** Shown when data could not be loaded. */
export function ErrorState({ error, onRetry }: Props) {
  const t = useTranslations("common")
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t("errorTitle")} role="alert">
      <Stack gap="xs" align="flex-start">
        {error instanceof RequestFailed && error.status === 422 ? error.message : t("errorText")}
        <Button size="xs" variant="light" color="red" onClick={onRetry}>
          {t("retry")}
        </Button>
      </Stack>
    </Alert>
  )
}
