"use client"

import { Alert, Group, Paper, Stack, Text } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { ConfirmRetention } from "@/components/organisation/confirm-retention"
import { CostFields } from "@/components/organisation/cost-fields"
import { OrganisationFields } from "@/components/organisation/organisation-fields"
import { PlaceholderNotice } from "@/components/organisation/placeholder-notice"
import { ReasonedButton } from "@/components/ui/reasoned-button"
import { changeOrganisation } from "@/lib/access/organisation/queries"
import type { Organisation } from "@/lib/access/organisation/schemas"
import { retentionFields } from "@/lib/access/organisation/words"

export function OrganisationForm({ saved }: { saved: Organisation }) {
  const t = useTranslations("organisation")
  const tCommon = useTranslations("common")
  const client = useQueryClient()
  const router = useRouter()
  const [form, setForm] = useState(saved)
  const [isAsking, setIsAsking] = useState(false)
  const [isSaved, setIsSaved] = useState(false)
  const set = (change: Partial<Organisation>) => {
    setIsSaved(false)
    setForm((now) => ({ ...now, ...change }))
  }
  const save = useMutation({
    mutationFn: () =>
      changeOrganisation(
        Object.fromEntries(
          Object.entries(form).filter(([field, value]) => value !== saved[field as keyof Organisation]),
        ),
      ),
    onSuccess: (organisation) => {
      setForm(organisation)
      setIsSaved(true)
      client.setQueryData(["organisation"], organisation)
      void client.invalidateQueries({ queryKey: ["terminals"] })
      router.refresh()
    },
    onSettled: () => setIsAsking(false),
  })
  const shorter = retentionFields.filter((field) => form[field] < saved[field])
  const isSame = JSON.stringify(form) === JSON.stringify(saved)
  const notYet =
    form.idleLongMonths < form.idleMonths
      ? t("idleOrder")
      : isSame && !isSaved
        ? tCommon("nothingChanged")
        : null
  return (
    <Paper withBorder p="md" maw={640}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (shorter.length > 0) setIsAsking(true)
          else save.mutate()
        }}
      >
        <Stack>
          <OrganisationFields form={form} saved={saved} onChange={set} />
          <CostFields form={form} onChange={set} />
          {saved.placeholderSerials.length > 0 ? <PlaceholderNotice /> : null}
          {save.isError ? (
            <Alert color="red" role="alert">
              {save.error.message}
            </Alert>
          ) : null}
          <Group>
            <ReasonedButton type="submit" loading={save.isPending} notYet={notYet}>
              {t("save")}
            </ReasonedButton>
            {isSaved ? (
              <Text size="sm" c="teal" role="status">
                {t("saved")}
              </Text>
            ) : null}
          </Group>
        </Stack>
      </form>
      {isAsking ? (
        <ConfirmRetention
          before={saved}
          after={form}
          fields={shorter}
          isBusy={save.isPending}
          onConfirm={() => save.mutate()}
          onClose={() => setIsAsking(false)}
        />
      ) : null}
    </Paper>
  )
}
