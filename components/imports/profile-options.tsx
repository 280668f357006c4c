"use client"

import { Paper, SegmentedControl, Select, SimpleGrid, Stack, Switch, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { ProfileSelect } from "@/components/imports/profile-select"
import { SaleOptions } from "@/components/imports/sale-options"
import { withChoice, type OptionProps } from "@/components/imports/with-choice"
import { recordFileKinds, usualProfiles } from "@/lib/intake/imports/mapping/targets"
import { dateOrders } from "@/lib/intake/imports/words"

type Props = OptionProps & { needsDateOrder: boolean }

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")]
/** Options that a file does not contain: profile, kind, time zone, units and code system. */
export function ProfileOptions({ profile, onChange, needsDateOrder }: Props) {
  const t = useTranslations("imports")
  const isTerminals = profile.kind === "terminals"
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
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
            <Select
              label={t("dateOrder")}
              clearable
              placeholder={t("auto")}
              value={profile.dateOrder ?? null}
              error={needsDateOrder && !profile.dateOrder ? t("dateOrderNeeded") : undefined}
              data={dateOrders.map((value) => ({ value, label: t(`dateOrders.${value}`) }))}
              onChange={(value) =>
                onChange(
                  withChoice(profile, "dateOrder", dateOrders.find((known) => known === value) ?? null),
                )
              }
            />
          )}
          {profile.kind === "transactions" ? <SaleOptions profile={profile} onChange={onChange} /> : null}
        </SimpleGrid>
        {isTerminals ? (
          <Switch
            label={t("makesMissing")}
            description={t("makesMissingText")}
            checked={profile.makesMissing ?? true}
            onChange={(event) => onChange({ ...profile, makesMissing: event.currentTarget.checked })}
          />
        ) : null}
        <Text size="xs" c="dimmed">
          {t("encodingWrong")}
        </Text>
      </Stack>
    </Paper>
  )
}
