"use client"

import { Alert, Button, PasswordInput, Stack, Text, Title } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useState, type FormEvent } from "react"

type Failure = "wrongCurrent" | "tooShort" | "mismatch" | "same" | "unreachable"
const shortest = 12

export function ChangePasswordForm({ isOneTime }: { isOneTime: boolean }) {
  const t = useTranslations("access")
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [current, next, again] = ["current", "next", "again"].map((name) => String(form.get(name) ?? ""))
    if (next !== again) return setFailure("mismatch")
    if ((next ?? "").length < shortest) return setFailure("tooShort")
    if (next === current) return setFailure("same")
    setIsBusy(true)
    const response = await fetch("/api/v1/password", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ current, next }) }).catch(() => null)
    if (response?.ok) return window.location.assign("/")
    setIsBusy(false)
    setFailure(response?.status === 422 ? "wrongCurrent" : "unreachable")
  }
  const field = (name: string, label: string, autoComplete: string) => (
    <PasswordInput name={name} label={label} autoComplete={autoComplete} required withAsterisk={false} visibilityToggleButtonProps={{ "aria-label": t("showPassword") }} />
  )
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Title order={1} size="h4">
          {t("changePassword")}
        </Title>
        <Text size="sm" c="dimmed">
          {isOneTime ? t("oneTimeText") : t("changeText")}
        </Text>
        {failure ? (
          <Alert color="red" role="alert">
            {t(failure, { shortest })}
          </Alert>
        ) : null}
        {field("current", isOneTime ? t("oneTimePassword") : t("currentPassword"), "current-password")}
        {field("next", t("newPassword"), "new-password")}
        {field("again", t("repeatPassword"), "new-password")}
        <Button type="submit" loading={isBusy} fullWidth>
          {t("changePassword")}
        </Button>
      </Stack>
    </form>
  )
}
