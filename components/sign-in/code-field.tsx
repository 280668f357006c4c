"use client"

import { Anchor, Stack, TextInput } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { focusOnMount } from "@/components/ui/focus-on-mount"

/** Asks for a code of the authenticator app, or for a recovery code. */
export function CodeField() {
  const t = useTranslations("access")
  const [isRecovery, setIsRecovery] = useState(false)
  const shared = { name: "code", required: true, withAsterisk: false, ref: focusOnMount } as const
  return (
    <Stack gap="xs" align="stretch">
      {isRecovery ? (
        <TextInput
          key="recovery"
          {...shared}
          label={t("recoveryCode")}
          description={t("recoveryCodeHint")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
        />
      ) : (
        <TextInput
          key="app"
          {...shared}
          label={t("code")}
          description={t("codeHint")}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={7}
        />
      )}
      <Anchor
        component="button"
        type="button"
        size="sm"
        ta="start"
        onClick={() => setIsRecovery(!isRecovery)}
      >
        {isRecovery ? t("useApp") : t("useRecoveryCode")}
      </Anchor>
    </Stack>
  )
}
