"use client"

import { Alert, Badge, Button, Group, Stack, Text } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { PasswordForm } from "@/components/account/password-form"
import { RecoveryCodeList } from "@/components/account/recovery-code-list"
import { TotpSetUpForm } from "@/components/account/totp-set-up-form"
import { failureOf } from "@/lib/access/account/failure"
import { accountOptions, beginTotp, disableTotp, renewRecoveryCodes } from "@/lib/access/account/queries"
import type { Account, TotpSetUp } from "@/lib/access/account/schemas"

type Step =
  | { at: "rest" }
  | { at: "password"; before: "begin" | "renew" | "turnOff" }
  | { at: "code"; setUp: TotpSetUp }
  | { at: "codes"; codes: string[] }

const fewCodes = 3

/** Turns two-step verification on and off. */
export function SecondStep({ account: { isTotpOn, recoveryCodesLeft } }: { account: Account }) {
  const t = useTranslations("account")
  const client = useQueryClient()
  const [step, setStep] = useState<Step>({ at: "rest" })
  const rest = () => setStep({ at: "rest" })
  const show = async (codes: string[]) => {
    setStep({ at: "codes", codes })
    await client.invalidateQueries({ queryKey: accountOptions.queryKey })
  }
  const confirmed = useMutation({
    mutationFn: async ({ before, password }: { before: "begin" | "renew" | "turnOff"; password: string }) => {
      if (before === "begin") return setStep({ at: "code", setUp: await beginTotp(password) })
      if (before === "renew") return show((await renewRecoveryCodes(password)).codes)
      client.setQueryData(accountOptions.queryKey, await disableTotp(password))
      return rest()
    },
  })
  const ask = (before: "begin" | "renew" | "turnOff") => () => {
    confirmed.reset()
    setStep({ at: "password", before })
  }

  if (step.at === "codes") return <RecoveryCodeList codes={step.codes} onDone={rest} />
  if (step.at === "code") return <TotpSetUpForm setUp={step.setUp} onDone={show} onCancel={rest} />
  if (step.at === "password") {
    const { before } = step
    return (
      <PasswordForm
        text={t(`${before}Text`)}
        action={t(before)}
        isDanger={before === "turnOff"}
        isBusy={confirmed.isPending}
        failure={confirmed.isError ? failureOf(confirmed.error) : null}
        onSubmit={(password) => confirmed.mutate({ before, password })}
        onCancel={rest}
      />
    )
  }
  return (
    <Stack align="flex-start" gap="sm">
      <Badge variant="light" color={isTotpOn ? "teal" : "gray"}>
        {isTotpOn ? t("on") : t("off")}
      </Badge>
      <Text size="sm">{isTotpOn ? t("onText") : t("offText")}</Text>
      {isTotpOn && recoveryCodesLeft <= fewCodes ? (
        <Alert color="orange" role="status">
          {t("codesLeft", { count: recoveryCodesLeft })}
        </Alert>
      ) : null}
      {isTotpOn && recoveryCodesLeft > fewCodes ? (
        <Text size="sm" c="dimmed">
          {t("codesLeft", { count: recoveryCodesLeft })}
        </Text>
      ) : null}
      {isTotpOn ? (
        <Group gap="xs">
          <Button variant="default" onClick={ask("renew")}>
            {t("renew")}
          </Button>
          <Button variant="light" color="red" onClick={ask("turnOff")}>
            {t("turnOff")}
          </Button>
        </Group>
      ) : (
        <Button onClick={ask("begin")}>{t("begin")}</Button>
      )}
    </Stack>
  )
}
