"use client"

import { Alert, Button, PasswordInput, Stack, TextInput, Title } from "@mantine/core"
import { signIn } from "next-auth/react"
import { useTranslations } from "next-intl"
import { useState, type FormEvent } from "react"

export function SignInForm({ back }: { back: string }) {
  const t = useTranslations("access")
  const [failure, setFailure] = useState<"wrong" | "tooMany" | "unreachable" | null>(null)
  const [waitSeconds, setWaitSeconds] = useState(0)
  const [isBusy, setIsBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setIsBusy(true)
    const answer = await signIn("credentials", { email: form.get("email"), password: form.get("password"), redirect: false }).catch(() => undefined)
    if (answer?.ok) {
      window.location.assign(back)
      return
    }
    setIsBusy(false)
    setWaitSeconds(Number(answer?.error))
    setFailure(answer?.status === 401 ? "wrong" : answer?.status === 429 ? "tooMany" : "unreachable")
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        <Title order={1} size="h4">
          {t("signIn")}
        </Title>
        {failure ? (
          <Alert color="red" role="alert">
            {t(failure, { minutes: Math.ceil(waitSeconds / 60) })}
          </Alert>
        ) : null}
        <TextInput name="email" type="email" label={t("email")} autoComplete="username" required withAsterisk={false} />
        <PasswordInput name="password" label={t("password")} autoComplete="current-password" required withAsterisk={false} visibilityToggleButtonProps={{ "aria-label": t("showPassword") }} />
        <Button type="submit" loading={isBusy} fullWidth>
          {t("signIn")}
        </Button>
      </Stack>
    </form>
  )
}
