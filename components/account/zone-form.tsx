"use client"

import { Button, Group, Stack } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useZones } from "@/components/ui/reader"
import { ZoneSelect } from "@/components/ui/zone-select"
import { choose } from "@/lib/base/i18n/choose"

/** The time zone in which this user sees times. */
export function ZoneForm() {
  const t = useTranslations("account")
  const router = useRouter()
  const { organisation, own } = useZones()
  const save = async (timeZone: string | null) => {
    await choose({ timeZone })
    router.refresh()
  }
  return (
    <Stack gap="xs" align="flex-start">
      <ZoneSelect
        label={t("zone")}
        description={t("zoneNote", { zone: organisation })}
        value={own ?? organisation}
        onChange={(zone) => void save(zone === organisation ? null : zone)}
      />
      {own === null ? null : (
        <Group>
          <Button size="xs" variant="default" onClick={() => void save(null)}>
            {t("organisationZone")}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
