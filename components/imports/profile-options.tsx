"use client"

import { NumberInput, Paper, SegmentedControl, Select, SimpleGrid, Stack, Switch } from "@mantine/core"
import { useTranslations } from "next-intl"
import { Choice } from "@/components/imports/choice"
import { ProfileSelect } from "@/components/imports/profile-select"
import { SaleOptions } from "@/components/imports/sale-options"
import { withChoice } from "@/components/imports/with-choice"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"
import { recordFileKinds, usualProfiles } from "@/lib/intake/imports/mapping/targets"
import type { Preview } from "@/lib/intake/imports/runs/schemas"
import { dateOrders } from "@/lib/intake/imports/words"

type Props = {
  profile: RecordProfile
  onChange: (profile: RecordProfile) => void
  preview: Preview | undefined
}

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")]

/** Options that a file does not contain: profile, kind, time zone, units and code system. */
export function ProfileOptions({ profile, onChange, preview }: Props) {
  const t = useTranslations("imports")
  const needsDateOrder = preview?.needsDateOrder ?? false
  const isTerminals = profile.kind === "terminals"
  const isSale = profile.kind === "transactions"
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <KindControl profile={profile} onChange={onChange} />
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
          <ProfileSelect profile={profile} onChange={onChange} />
          {isTerminals ? null : (
            <Select
              label={t("timeZone")}
              searchable
              data={zones}
              value={profile.timeZone}
              allowDeselect={false}
              onChange={(value) => value && onChange({ ...profile, timeZone: value })}
            />
          )}
          {isTerminals && !needsDateOrder ? null : (
            <Choice
              label={t("dateOrder")}
              values={dateOrders}
              labelOf={(order) => t(`dateOrders.${order}`)}
              value={profile.dateOrder}
              error={needsDateOrder && !profile.dateOrder ? t("dateOrderNeeded") : undefined}
              onChange={(order) => onChange(withChoice(profile, "dateOrder", order))}
            />
          )}
          {preview?.needsYear || profile.year !== undefined ? (
            <NumberInput
              label={t("year")}
              min={1990}
              max={2100}
              allowDecimal={false}
              error={preview?.needsYear ? t("yearNeeded") : undefined}
              value={profile.year ?? ""}
              onChange={(year) =>
                onChange(withChoice(profile, "year", typeof year === "number" && year >= 1990 ? year : null))
              }
            />
          ) : null}
          {isSale ? <SaleOptions profile={profile} onChange={onChange} preview={preview} /> : null}
        </SimpleGrid>
        {isTerminals ? (
          <Switch
            label={t("makesMissing")}
            description={t("makesMissingText")}
            checked={profile.makesMissing ?? true}
            onChange={(event) => onChange({ ...profile, makesMissing: event.currentTarget.checked })}
          />
        ) : null}
      </Stack>
    </Paper>
  )
}

function KindControl({ profile, onChange }: Pick<Props, "profile" | "onChange">) {
  const t = useTranslations("imports")
  return (
    <SegmentedControl
      w="fit-content"
      size="sm"
      value={profile.kind}
      aria-label={t("kind")}
      data={recordFileKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      onChange={(value) => {
        const kind = recordFileKinds.find((known) => known === value)
        if (kind)
          onChange({
            name: usualProfiles[kind],
            description: "",
            kind,
            timeZone: profile.timeZone,
            columns: {},
            fields: {},
          })
      }}
    />
  )
}
