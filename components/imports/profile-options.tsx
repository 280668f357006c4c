"use client"

import { Paper, SegmentedControl, Select, SimpleGrid, Stack, Switch, Text, TextInput } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { profileListOptions } from "@/lib/intake/imports/mapping/queries"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"
import { recordFileKinds, usualProfiles } from "@/lib/intake/imports/mapping/targets"
import { dateOrders, moneyUnits } from "@/lib/intake/imports/words"

type Props = { profile: RecordProfile; onChange: (profile: RecordProfile) => void; needsDateOrder: boolean }

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")]
const codeSystems = [
  "unionpay",
  "ums-mispos",
  "unionpay-acp",
  "iso8583-1987",
  "visa",
  "mastercard",
  "alipay-barcode",
  "wechat-micropay",
  "bestpay-posp",
  "boc-pos",
  "starpos-app",
]

/** Leaves out options without a value. */
function withChoice<Key extends keyof RecordProfile>(
  profile: RecordProfile,
  key: Key,
  value: RecordProfile[Key] | null,
): RecordProfile {
  const { [key]: _old, ...rest } = profile
  return (value === null || value === "" ? rest : { ...rest, [key]: value }) as RecordProfile
}

/** Options that a file does not contain: profile, kind, time zone, units and code system. */
export function ProfileOptions({ profile, onChange, needsDateOrder }: Props) {
  const t = useTranslations("imports")
  const profiles = useQuery(profileListOptions)
  const own = profiles.data?.data.filter(({ isShipped }) => !isShipped) ?? []
  const shipped = profiles.data?.data.filter(({ isShipped }) => isShipped) ?? []
  const nameOf = (name: string) => (t.has(`shipped.${name}`) ? t(`shipped.${name}`) : name)
  const choose = (name: string | null) => {
    const chosen = (own.find((one) => one.name === name) ?? shipped.find((one) => one.name === name))?.profile
    if (chosen)
      onChange({
        ...chosen,
        timeZone: own.some((one) => one.name === name) ? chosen.timeZone : profile.timeZone,
      })
  }
  const isTerminals = profile.kind === "terminals"
  const isSale = profile.kind === "transactions"
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
          <Select
            label={t("profile")}
            value={profile.name}
            onChange={choose}
            allowDeselect={false}
            data={[
              ...(own.length > 0
                ? [
                    {
                      group: t("own"),
                      items: own
                        .filter((one) => one.profile.kind === profile.kind)
                        .map(({ name }) => ({ value: name, label: name })),
                    },
                  ]
                : []),
              {
                group: t("shippedGroup"),
                items: shipped
                  .filter(
                    (one) => one.profile.kind === profile.kind && !own.some(({ name }) => name === one.name),
                  )
                  .map(({ name }) => ({ value: name, label: nameOf(name) })),
              },
            ]}
          />
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
          {isSale ? (
            <>
              <Select
                label={t("moneyUnit")}
                clearable
                placeholder={t("auto")}
                value={profile.moneyUnit ?? null}
                data={moneyUnits.map((value) => ({ value, label: t(`moneyUnits.${value}`) }))}
                onChange={(value) =>
                  onChange(
                    withChoice(profile, "moneyUnit", moneyUnits.find((known) => known === value) ?? null),
                  )
                }
              />
              <Select
                label={t("codeSystem")}
                clearable
                searchable
                placeholder={t("codeSystemAuto")}
                value={profile.codeSystem ?? null}
                data={[...new Set([...codeSystems, ...(profile.codeSystem ? [profile.codeSystem] : [])])]}
                onChange={(value) => onChange(withChoice(profile, "codeSystem", value))}
              />
              <TextInput
                key={profile.name}
                label={t("acquirer")}
                placeholder="lakala"
                maxLength={64}
                defaultValue={profile.acquirer ?? ""}
                onBlur={(event) =>
                  onChange(withChoice(profile, "acquirer", event.currentTarget.value.trim()))
                }
              />
            </>
          ) : null}
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
