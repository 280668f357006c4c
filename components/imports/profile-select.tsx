"use client"

import { Select } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { asStored } from "@/lib/base/names/names"
import { profileListOptions } from "@/lib/intake/imports/mapping/queries"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"

type Props = { profile: RecordProfile; onChange: (profile: RecordProfile) => void }

/** Selects a saved or shipped profile. A shipped profile keeps the chosen time zone. */
export function ProfileSelect({ profile, onChange }: Props) {
  const t = useTranslations("imports")
  const profiles = useQuery({ ...profileListOptions, select: asStored })
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
  return (
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
            .filter((one) => one.profile.kind === profile.kind && !own.some(({ name }) => name === one.name))
            .map(({ name }) => ({ value: name, label: nameOf(name) })),
        },
      ]}
    />
  )
}
