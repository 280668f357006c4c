"use client"

import { Alert, Button, Divider, Stack } from "@mantine/core"
import { signIn } from "next-auth/react"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { refusals } from "@/lib/access/sign-on/words"

type Props = {
  /** What the button calls the provider; null where none is set. */
  name: string | null
  back: string
  /** Why the last attempt came back: a refusal of ours, or next-auth's word. */
  error: string | undefined
}

/** Sign-in through the OIDC provider, and why it did not work. */
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

/** next-auth's own words, in which the provider could not be reached or what it answered did not hold. */
const sentenceOf = (error: string) =>
  refusals.find((known) => known === error) ?? (error === "OAuthSignin" ? "unreachable" : "failed")
