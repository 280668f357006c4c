"use client"

import { Alert, Anchor, Button, Stack, Text, TextInput, Title } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useState, type FormEvent, type ReactNode } from "react"
import { paths } from "@/lib/paths"

/** Asks for a reset link by mail; where no mail is set up, says whom to ask. */
export function ForgotForm({ isMailed }: { isMailed: boolean }) {
  const t = useTranslations("accountLinks")
  const tAccess = useTranslations("access")
  const [asked, setAsked] = useState<string | null>(null)
  const [isFailure, setIsFailure] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const email = String(new FormData(event.currentTarget).get("email") ?? "").trim()
    setIsBusy(true)
    const response = await fetch("/api/v1/forgot", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ email }) }).catch(() => null)
    setIsBusy(false)
    setIsFailure(!response?.ok)
    if (response?.ok) setAsked(email)
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
  if (asked !== null) return page(t("askedTitle"), t("asked", { email: asked }))
  return (
    <form onSubmit={(event) => void submit(event)}>
      {page(t("forgotTitle"), t("forgotText"), (
        <>
          {isFailure ? <Alert color="red" role="alert">{tAccess("unreachable")}</Alert> : null}
          <TextInput name="email" type="email" label={t("email")} autoComplete="username" required withAsterisk={false} />
          <Button type="submit" loading={isBusy} fullWidth>
            {t("ask")}
          </Button>
        </>
      ))}
    </form>
  )
}
