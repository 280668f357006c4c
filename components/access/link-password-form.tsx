"use client"

import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useState, type FormEvent } from "react"
import type { AccountLink } from "@/lib/account-links/schemas"
import { paths } from "@/lib/paths"

type Failure = "tooShort" | "mismatch" | "weak" | "overTitle" | "unreachable"
const shortest = 12
const failureOf: Record<number, Failure> = { 404: "overTitle", 422: "weak" }

/** Sets the password of whose link it is. Only sending it uses the link up. */
export function LinkPasswordForm({ token, link: { purpose, email, organisation } }: { token: string; link: AccountLink }) {
  const t = useTranslations("accountLinks")
  const tAccess = useTranslations("access")
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const [isDone, setIsDone] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [password = "", again] = ["password", "again"].map((name) => String(form.get(name) ?? ""))
    if (password !== again) return setFailure("mismatch")
    if (password.length < shortest) return setFailure("tooShort")
    setIsBusy(true)
    const response = await fetch(`/api/v1/account-links/${token}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ password }) }).catch(() => null)
    setIsBusy(false)
    if (response?.ok) return setIsDone(true)
    setFailure(failureOf[response?.status ?? 0] ?? "unreachable")
  }
  if (isDone) {
    return (
      <Stack>
        <Title order={1} size="h4">
          {t("doneTitle")}
        </Title>
        <Text size="sm" c="dimmed">
          {t("doneText")}
        </Text>
        <Button component="a" href={paths.signIn} fullWidth>
          {t("signIn")}
        </Button>
      </Stack>
    )
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Title order={1} size="h4">
          {t(`${purpose}Title`, { organisation })}
        </Title>
        <Text size="sm" c="dimmed">
          {t(`${purpose}Text`)}
        </Text>
        {failure ? (
          <Alert color="red" role="alert">
            {failure === "unreachable" ? tAccess(failure) : t(failure, { shortest })}
          </Alert>
        ) : null}
        <TextInput name="email" label={t("email")} value={email} autoComplete="username" readOnly />
        <PasswordInput name="password" label={t("password")} autoComplete="new-password" required withAsterisk={false} visibilityToggleButtonProps={{ "aria-label": tAccess("showPassword") }} />
        <PasswordInput name="again" label={t("repeat")} autoComplete="new-password" required withAsterisk={false} visibilityToggleButtonProps={{ "aria-label": tAccess("showPassword") }} />
        <Button type="submit" loading={isBusy} fullWidth>
          {t("set")}
        </Button>
      </Stack>
    </form>
  )
}
