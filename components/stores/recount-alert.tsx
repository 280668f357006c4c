"use client"

import { Alert, Checkbox, Stack } from "@mantine/core"
import { useTranslations } from "next-intl"

/** Asks to agree that a store's days are recounted, because its time zone changes. */
export function RecountAlert({
  isAgreed,
  onChange,
}: {
  isAgreed: boolean
  onChange: (isAgreed: boolean) => void
}) {
  const t = useTranslations("places")
  return (
    <Alert color="yellow" title={t("recountTitle")}>
      <Stack gap="xs">
        {t("recountText")}
        <Checkbox
          label={t("recountAgree")}
          checked={isAgreed}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      </Stack>
    </Alert>
  )
}
