"use client"

import { Alert, Anchor, Button, PasswordInput, Stack, TextInput, Title } from "@mantine/core"
import { useMounted } from "@mantine/hooks"
import { signIn } from "next-auth/react"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { useState, type ReactNode, type SubmitEvent } from "react"
import { CodeField } from "@/components/sign-in/code-field"
import { focusOnMount } from "@/components/ui/focus-on-mount"
import { paths } from "@/lib/base/paths"

type Failure = "wrong" | "codeWrong" | "tooMany" | "unreachable"
type Given = { email: string; password: string }

/** The failure that an error of next-auth means; null when it only asks for a code. */
function failureOf(error: string | null | undefined, code: string): Failure | null {
  if (error === "codeNeeded") return null
  if (error === "CredentialsSignin") return "wrong"
  return error === "codeWrong" && code !== "" ? "codeWrong" : "unreachable"
}

/** Asks for email and password, then for the code if needed. `children` are other ways to sign in. */
export function SignInForm({ back, children }: { back: string; children?: ReactNode }) {
  const t = useTranslations("access")
  const [first, setFirst] = useState<Given | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [waitSeconds, setWaitSeconds] = useState(0)
  const [isBusy, setIsBusy] = useState(false)
  // Before the scripts run, the browser would send the form itself and lose what was typed.
  const isReady = useMounted()

  const send = async (given: Given, code: string) => {
    setIsBusy(true)
    const answer = await signIn("credentials", { ...given, code, redirect: false }).catch(() => undefined)
    if (answer?.ok) return window.location.assign(back)
    setIsBusy(false)
    const error = answer?.error
    if (answer?.status === 429) {
      setWaitSeconds(Number(error))
      return setFailure("tooMany")
    }
    if (error === "codeNeeded") setFirst(given)
    setFailure(failureOf(error, code))
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const field = (name: string) => String(form.get(name) ?? "")
    void send(first ?? { email: field("email"), password: field("password") }, field("code"))
  }
  const startAgain = () => {
    setFirst(null)
    setFailure(null)
  }
  return (
    <Stack>
      <form method="post" onSubmit={submit}>
        <Stack>
          <Title order={1} size="h4">
            {first ? t("secondStep") : t("signIn")}
          </Title>
          {failure ? (
            <Alert color="red" role="alert">
              {t(failure, { minutes: Math.ceil(waitSeconds / 60) })}
            </Alert>
          ) : null}
          {first ? <CodeField /> : <PasswordFields />}
          <Button type="submit" loading={isBusy} disabled={!isReady} fullWidth>
            {first ? t("continue") : t("signIn")}
          </Button>
          {first ? (
            <Anchor component="button" type="button" size="sm" onClick={startAgain}>
              {t("startAgain")}
            </Anchor>
          ) : (
            <Anchor component={Link} href={paths.forgot} prefetch={false} size="sm" ta="center">
              {t("forgot")}
            </Anchor>
          )}
        </Stack>
      </form>
      {first ? null : children}
    </Stack>
  )
}

function PasswordFields() {
  const t = useTranslations("access")
  return (
    <>
      <TextInput
        name="email"
        type="email"
        label={t("email")}
        autoComplete="username"
        ref={focusOnMount}
        required
        withAsterisk={false}
      />
      <PasswordInput
        name="password"
        label={t("password")}
        autoComplete="current-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
      />
    </>
  )
}
