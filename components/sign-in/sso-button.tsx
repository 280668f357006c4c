"use client"

import { Alert, Button, Divider, Stack } from "@mantine/core"
import { signIn } from "next-auth/react"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { refusals } from "@/lib/access/sign-on/words"
import { oneOf } from "@/lib/base/one-of"

type Props = {
  /** The provider's name on the button; null without a provider. */
  name: string | null
  back: string
  /** The error of the last attempt: one of ours, or of next-auth. */
  error: string | undefined
}

/** Signs in through the OIDC provider, and shows the error of the last attempt. */
export function SsoButton({ name, back, error }: Props) {
  const t = useTranslations("signOn")
  const [isBusy, setIsBusy] = useState(false)
  if (name === null) return null
  const go = () => {
    setIsBusy(true)
    void signIn("oidc", { callbackUrl: back }).catch(() => setIsBusy(false))
  }
  return (
    <Stack mt="md">
      <Divider label={t("or")} />
      {error === undefined ? null : (
        <Alert color="red" role="alert">
          {t(`errors.${sentenceOf(error)}`, { name })}
        </Alert>
      )}
      <Button variant="default" fullWidth loading={isBusy} onClick={go}>
        {t("signInWith", { name })}
      </Button>
    </Stack>
  )
}

/** Errors of next-auth: the provider did not answer, or its answer was not valid. */
const sentenceOf = (error: string) =>
  oneOf(refusals, error) ?? (error === "OAuthSignin" ? "unreachable" : "failed")
