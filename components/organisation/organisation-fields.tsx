"use client"

import {
  Alert,
  Group,
  Input,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from "@mantine/core"
import { useTranslations } from "next-intl"
import { ZoneSelect } from "@/components/ui/zone-select"
import type { Organisation } from "@/lib/access/organisation/schemas"
import { retention, retentionFields } from "@/lib/access/organisation/words"
import { locales } from "@/lib/base/i18n/locale"

const languageNames = { zh: "中文", en: "English" } as const

/** The fields of the organisation's settings. */
export function OrganisationFields({
  form,
  saved,
  onChange: set,
}: {
  form: Organisation
  saved: Organisation
  onChange: (change: Partial<Organisation>) => void
}) {
  const t = useTranslations("organisation")
  const tCommon = useTranslations("common")
  return (
    <>
      <TextInput
        label={t("name")}
        description={tCommon("nameNote")}
        value={form.name}
        maxLength={200}
        required
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
            onChange={(value) => set({ language: locales.find((known) => known === value) ?? form.language })}
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
    </>
  )
}
