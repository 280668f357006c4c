"use client"

import { Button, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core"
import { useMutation } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState, type FormEvent } from "react"
import { FailureAlert } from "@/components/sign-in/failure-alert"
import { useLanguage } from "@/components/ui/use-language"
import { setPassword } from "@/lib/access/account-links/queries"
import type { AccountLink } from "@/lib/access/account-links/schemas"
import { failureOf, type Failure } from "@/lib/access/account/failure"
import { shortestPassword } from "@/lib/access/credentials/password-rules"
import { textIn } from "@/lib/base/names/names"
import { paths } from "@/lib/base/paths"

/** Sets the password of the link's user. The link stays valid until the form is sent. */
export function LinkPasswordForm({
  token,
  link: { purpose, email, organisation },
}: {
  token: string
  link: AccountLink
}) {
  const t = useTranslations("accountLinks")
  const tAccess = useTranslations("access")
  const language = useLanguage()
  const [mistake, setMistake] = useState<Failure | null>(null)
  const set = useMutation({ mutationFn: (password: string) => setPassword(token, password) })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [password = "", again = ""] = ["password", "again"].map((name) => String(form.get(name) ?? ""))
    setMistake(password === again ? null : "mismatch")
    if (password === again) set.mutate(password)
  }
  if (set.isSuccess) {
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
    <form method="post" onSubmit={submit}>
      <Stack>
        <Title order={1} size="h4">
          {t(`${purpose}Title`, { organisation: textIn(language, organisation) })}
        </Title>
        <Text size="sm" c="dimmed">
          {t(`${purpose}Text`)}
        </Text>
        <FailureAlert failure={mistake ?? (set.isError ? failureOf(set.error) : null)} />
        <TextInput name="email" label={t("email")} value={email} autoComplete="username" readOnly />
        <PasswordInput
          name="password"
          label={t("password")}
          description={tAccess("newPasswordHint", { shortest: shortestPassword })}
          autoComplete="new-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ "aria-label": tAccess("showPassword") }}
        />
        <PasswordInput
          name="again"
          label={t("repeat")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ "aria-label": tAccess("showPassword") }}
        />
        <Button type="submit" loading={set.isPending} fullWidth>
          {t("set")}
        </Button>
      </Stack>
    </form>
  )
}
