"use client"

import {
  Alert,
  Button,
  Group,
  Input,
  NumberInput,
  Paper,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { ConfirmRetention } from "@/components/organisation/confirm-retention"
import { ZoneSelect } from "@/components/ui/zone-select"
import { changeOrganisation } from "@/lib/access/organisation/queries"
import type { Organisation } from "@/lib/access/organisation/schemas"
import { retention, retentionFields } from "@/lib/access/organisation/words"
import { locales } from "@/lib/base/i18n/locale"

const languageNames = { zh: "中文", en: "English" } as const

export function OrganisationForm({ saved }: { saved: Organisation }) {
  const t = useTranslations("organisation")
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
      router.refresh()
    },
    onSettled: () => setIsAsking(false),
  })
  const shorter = retentionFields.filter((field) => form[field] < saved[field])
  const isSame = JSON.stringify(form) === JSON.stringify(saved)
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
          <TextInput
            label={t("name")}
            value={form.name}
            maxLength={200}
            required
            withAsterisk={false}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <ZoneSelect
            label={t("timeZone")}
            description={t("timeZoneNote")}
            nothingFoundMessage={t("nothingFound")}
            value={form.timeZone}
            onChange={(timeZone) => set({ timeZone })}
          />
          {form.timeZone === saved.timeZone ? null : <Alert color="blue">{t("timeZoneMoves")}</Alert>}
          <Input.Wrapper label={t("language")} description={t("languageNote")}>
            <Group mt={4}>
              <SegmentedControl
                aria-label={t("language")}
                value={form.language}
                onChange={(value) =>
                  set({ language: locales.find((known) => known === value) ?? form.language })
                }
                data={locales.map((value) => ({ value, label: languageNames[value] }))}
              />
            </Group>
          </Input.Wrapper>
          <SimpleGrid cols={{ base: 1, xs: 3 }}>
            {retentionFields.map((field) => (
              <NumberInput
                key={field}
                label={t(field)}
                description={t("between", retention[field])}
                min={retention[field].least}
                max={retention[field].most}
                allowDecimal={false}
                clampBehavior="blur"
                value={form[field]}
                onChange={(value) => (typeof value === "number" ? set({ [field]: value }) : undefined)}
              />
            ))}
          </SimpleGrid>
          <Text size="xs" c="dimmed">
            {t("retentionNote")}
          </Text>
          <Switch
            label={t("enrolUnknown")}
            description={form.enrolUnknown ? t("enrolOn") : t("enrolOff")}
            checked={form.enrolUnknown}
            onChange={(event) => set({ enrolUnknown: event.currentTarget.checked })}
          />
          <TagsInput
            label={t("placeholderSerials")}
            description={t("placeholderSerialsNote")}
            value={form.placeholderSerials}
            maxTags={100}
            onChange={(placeholderSerials) => set({ placeholderSerials })}
          />
          {save.isError ? (
            <Alert color="red" role="alert">
              {save.error.message}
            </Alert>
          ) : null}
          <Group>
            <Button type="submit" loading={save.isPending} disabled={isSame}>
              {t("save")}
            </Button>
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
