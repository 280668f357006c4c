"use client"

import { Alert, Button, Group, Stack } from "@mantine/core"
import { useMutation } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useRouter } from "next/navigation"
import { useZones } from "@/components/ui/reader"
import { ZoneSelect } from "@/components/ui/zone-select"
import { choose } from "@/lib/base/i18n/choose"

/** The time zone in which this user sees times. */
export function ZoneForm() {
  const t = useTranslations("account")
  const tCommon = useTranslations("common")
  const router = useRouter()
  const { organisation, own } = useZones()
  const save = useMutation({
    mutationFn: (timeZone: string | null) => choose({ timeZone }),
    onSuccess: () => router.refresh(),
  })
  return (
    <Stack gap="xs" align="flex-start">
      <ZoneSelect
        label={t("zone")}
        description={t("zoneNote", { zone: organisation })}
        value={own ?? organisation}
        onChange={(zone) => save.mutate(zone === organisation ? null : zone)}
      />
      {own === null ? null : (
        <Group>
          <Button size="xs" variant="default" onClick={() => save.mutate(null)}>
            {t("organisationZone")}
          </Button>
        </Group>
      )}
      {save.isError ? (
        <Alert color="red" role="alert">
          {tCommon("notSaved")}
        </Alert>
      ) : null}
    </Stack>
  )
}
