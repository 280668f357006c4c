"use client"

import {
  Alert,
  Anchor,
  Group,
  Input,
  SegmentedControl,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from "@mantine/core"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { NumberFields } from "@/components/organisation/number-fields"
import { ZoneSelect } from "@/components/ui/zone-select"
import type { Organisation } from "@/lib/access/organisation/schemas"
import { retentionFields, ruleSettingNames, sensitivities } from "@/lib/access/organisation/words"
import { locales } from "@/lib/base/i18n/locale"
import { oneOf } from "@/lib/base/one-of"
import { paths } from "@/lib/base/paths"

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
  const tSensitivity = useTranslations("handling.sensitivities")
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
            onChange={(value) => set({ language: oneOf(locales, value) ?? form.language })}
            data={locales.map((value) => ({ value, label: languageNames[value] }))}
          />
        </Group>
      </Input.Wrapper>
      <NumberFields names={retentionFields} form={form} onChange={set} />
      <Text size="xs" c="dimmed">
        {t("retentionNote")}
      </Text>
      <Input.Wrapper label={t("sensitivity")} description={t("sensitivityNote")}>
        <Group mt={4}>
          <SegmentedControl
            aria-label={t("sensitivity")}
            value={form.sensitivity}
            onChange={(value) => set({ sensitivity: oneOf(sensitivities, value) ?? form.sensitivity })}
            data={sensitivities.map((value) => ({ value, label: tSensitivity(value) }))}
          />
          <Anchor component={Link} href={paths.rules} size="sm">
            {t("sensitivityLink")}
          </Anchor>
        </Group>
      </Input.Wrapper>
      <NumberFields names={ruleSettingNames} form={form} onChange={set} />
      <Text size="xs" c="dimmed">
        {t("rulesNote")}
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
