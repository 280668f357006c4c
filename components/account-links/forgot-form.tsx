"use client"

import { Anchor, Button, Stack, Text, TextInput, Title } from "@mantine/core"
import { useMutation } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import type { FormEvent, ReactNode } from "react"
import { FailureAlert } from "@/components/sign-in/failure-alert"
import { requestReset } from "@/lib/access/account-links/queries"
import { failureOf } from "@/lib/access/account/failure"
import { paths } from "@/lib/base/paths"

/** Requests a reset link by email. Without a mail server, it says to ask an admin. */
export function ForgotForm({ isMailed }: { isMailed: boolean }) {
  const t = useTranslations("accountLinks")
  const ask = useMutation({ mutationFn: requestReset })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    ask.mutate(String(new FormData(event.currentTarget).get("email") ?? "").trim())
  }
  const back = (
    <Anchor href={paths.signIn} size="sm">
      {t("signIn")}
    </Anchor>
  )
  const page = (title: string, text: string, rest?: ReactNode) => (
    <Stack>
      <Title order={1} size="h4">
        {title}
      </Title>
      <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {text}
      </Text>
      {rest}
      {back}
    </Stack>
  )
  if (!isMailed) return page(t("forgotTitle"), t("askAdmin"))
  if (ask.isSuccess) return page(t("askedTitle"), t("asked", { email: ask.variables }))
  return (
    <form onSubmit={submit}>
      {page(
        t("forgotTitle"),
        t("forgotText"),
        <>
          <FailureAlert failure={ask.isError ? failureOf(ask.error) : null} />
          <TextInput
            name="email"
            type="email"
            label={t("email")}
            autoComplete="username"
            required
            withAsterisk={false}
          />
          <Button type="submit" loading={ask.isPending} fullWidth>
            {t("ask")}
          </Button>
        </>,
      )}
    </form>
  )
}
