"use client"

import { Anchor, SimpleGrid, Stack, Text } from "@mantine/core"
import { IconExternalLink } from "@tabler/icons-react"
import { useFormatter, useNow, useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { dayText } from "@/components/ui/day-text"
import { useLanguage } from "@/components/ui/use-language"
import { mapLink } from "@/lib/fleet/stores/map-link"
import type { Store } from "@/lib/fleet/stores/schemas"

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Stack gap={0} miw={0}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" component="div" style={{ overflowWrap: "anywhere" }}>
        {children}
      </Text>
    </Stack>
  )
}

/** A store's address, contact and local time. */
export function StoreFacts({ store }: { store: Store }) {
  const t = useTranslations("places")
  const format = useFormatter()
  const locale = useLanguage()
  const now = useNow({ updateInterval: 30_000 })
  const { latitude, longitude, contactPhone, contactEmail } = store
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Fact label={t("address")}>{store.address ?? "—"}</Fact>
      <Fact label={t("position")}>
        {latitude !== null && longitude !== null ? (
          <Anchor href={mapLink({ latitude, longitude, locale })} target="_blank" rel="noreferrer" size="sm">
            {latitude}, {longitude}{" "}
            <IconExternalLink size={14} aria-label={t("opensMap")} style={{ verticalAlign: "-2px" }} />
          </Anchor>
        ) : (
          "—"
        )}
      </Fact>
      <Fact label={t("timeZone")}>
        {store.timeZone}{" "}
        <Text span size="xs" c="dimmed" suppressHydrationWarning>
          {t("localTime", { time: format.dateTime(now, { timeStyle: "short", timeZone: store.timeZone }) })}
        </Text>
      </Fact>
      <Fact label={t("contact")}>
        {store.contactName ?? "—"}
        {contactPhone ? (
          <div>
            <Anchor href={`tel:${contactPhone.replaceAll(/\s/g, "")}`} size="sm" lh="24px">
              {contactPhone}
            </Anchor>
          </div>
        ) : null}
        {contactEmail ? (
          <div>
            <Anchor href={`mailto:${contactEmail}`} size="sm" lh="24px">
              {contactEmail}
            </Anchor>
          </div>
        ) : null}
      </Fact>
      {store.closedOn ? (
        <Fact label={t("closedForGood")}>{dayText(format, store.closedOn, { dateStyle: "long" })}</Fact>
      ) : null}
    </SimpleGrid>
  )
}
