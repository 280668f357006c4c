"use client"

import { Button, Group, Stack, Text, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import type { ReactNode, SubmitEvent } from "react"
import { FailureAlert } from "@/components/sign-in/failure-alert"
import { useLanguage } from "@/components/ui/use-language"
import { failureOf } from "@/lib/access/account/failure"
import { accountOptions, rename } from "@/lib/access/account/queries"
import type { Account } from "@/lib/access/account/schemas"
import { describeReach } from "@/lib/access/actor/describe-reach"
import { namesIn } from "@/lib/base/names/names"

export function ProfileForm({ account: { name, email, role, reach } }: { account: Account }) {
  const t = useTranslations("account")
  const tRole = useTranslations("roles")
  const tReach = useTranslations("reach")
  const language = useLanguage()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: rename,
    onSuccess: (account) => client.setQueryData(accountOptions.queryKey, account),
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate(String(new FormData(event.currentTarget).get("name") ?? ""))
  }
  return (
    <Stack>
      <form onSubmit={submit}>
        <Stack gap="xs">
          <FailureAlert failure={save.isError ? failureOf(save.error) : null} />
          <Group align="flex-end" gap="xs" wrap="nowrap">
            <TextInput
              name="name"
              label={t("name")}
              defaultValue={name}
              autoComplete="name"
              required
              withAsterisk={false}
              maxLength={100}
              flex={1}
              onChange={() => save.reset()}
            />
            <Button type="submit" variant="default" loading={save.isPending}>
              {t("save")}
            </Button>
          </Group>
          {save.isSuccess ? (
            <Text size="sm" c="teal" role="status">
              {t("saved")}
            </Text>
          ) : null}
        </Stack>
      </form>
      <Fact label={t("email")}>{email}</Fact>
      <Fact label={t("role")}>
        {tRole(role)} ·{" "}
        <Text span size="sm" c="dimmed">
          {tRole(`what.${role}`)}
        </Text>
      </Fact>
      <Fact label={tReach("label")}>{describeReach(namesIn(language, reach), tReach)}</Fact>
    </Stack>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <Text size="sm" component="div" style={{ overflowWrap: "anywhere" }}>
        {children}
      </Text>
    </div>
  )
}
