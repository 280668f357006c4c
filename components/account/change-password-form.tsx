"use client"

import { Alert, Button, PasswordInput, Stack } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState, type SubmitEvent } from "react"
import { FailureAlert } from "@/components/sign-in/failure-alert"
import { failureOf, type Failure } from "@/lib/access/account/failure"
import { changePassword } from "@/lib/access/account/queries"
import { shortestPassword } from "@/lib/access/credentials/password-rules"

export function ChangePasswordForm({ isOneTime }: { isOneTime: boolean }) {
  const t = useTranslations("access")
  const client = useQueryClient()
  const [mistake, setMistake] = useState<Failure | null>(null)
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: () =>
      isOneTime ? window.location.assign("/") : client.invalidateQueries({ queryKey: ["account"] }),
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const [current = "", next = "", again = ""] = ["current", "next", "again"].map((name) =>
      String(new FormData(form).get(name) ?? ""),
    )
    setMistake(next === again ? null : "mismatch")
    if (next === again) change.mutate({ current, next }, { onSuccess: () => form.reset() })
  }
  const field = (name: string, label: string, autoComplete: string, description?: string) => (
    <PasswordInput
      name={name}
      label={label}
      description={description}
      autoComplete={autoComplete}
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
    />
  )
  return (
    <form method="post" onSubmit={submit}>
      <Stack>
        <FailureAlert failure={mistake ?? (change.isError ? failureOf(change.error) : null)} />
        {change.isSuccess && !isOneTime ? (
          <Alert color="teal" role="status">
            {t("passwordChanged", { count: change.data.ended })}
          </Alert>
        ) : null}
        {field("current", isOneTime ? t("oneTimePassword") : t("currentPassword"), "current-password")}
        {field(
          "next",
          t("newPassword"),
          "new-password",
          t("newPasswordHint", { shortest: shortestPassword }),
        )}
        {field("again", t("repeatPassword"), "new-password")}
        <Button type="submit" loading={change.isPending || (isOneTime && change.isSuccess)} fullWidth>
          {t("changePassword")}
        </Button>
      </Stack>
    </form>
  )
}
