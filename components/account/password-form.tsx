"use client"

import { Button, Group, PasswordInput, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { SubmitEvent } from "react"
import { FailureAlert } from "@/components/sign-in/failure-alert"
import { focusOnMount } from "@/components/ui/focus-on-mount"
import type { Failure } from "@/lib/access/account/failure"

type Props = {
  text: string
  action: string
  isDanger: boolean
  isBusy: boolean
  failure: Failure | null
  onSubmit: (password: string) => void
  onCancel: () => void
}

/** Asks for the password before a change, so that nobody can make it at an unattended screen. */
export function PasswordForm({ text, action, isDanger, isBusy, failure, onSubmit, onCancel }: Props) {
  const t = useTranslations("access")
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSubmit(String(new FormData(event.currentTarget).get("password") ?? ""))
  }
  return (
    <form method="post" onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{text}</Text>
        <FailureAlert failure={failure} />
        <PasswordInput
          name="password"
          label={t("yourPassword")}
          autoComplete="current-password"
          ref={focusOnMount}
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
        />
        <Group gap="xs">
          <Button type="submit" color={isDanger ? "red" : "teal"} loading={isBusy}>
            {action}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t("cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
