"use client"

import { Accordion, Button, Group, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { Counts } from "@/components/places/counts"
import type { Act } from "@/components/places/place-action"
import { StoreList } from "@/components/stores/store-list"
import { useLanguage } from "@/components/ui/use-language"
import { textIn } from "@/lib/base/names/names"
import type { Merchant } from "@/lib/fleet/merchants/schemas"
import type { Region } from "@/lib/fleet/regions/schemas"

/** A merchant's regions, as they are stored. The stores of a region load when it is opened. */
export function RegionBranches({
  merchant,
  regions,
  onAct,
}: {
  merchant: Merchant
  regions: Region[]
  onAct: Act | null
}) {
  const t = useTranslations("places")
  const language = useLanguage()
  const [open, setOpen] = useState<string[]>([])
  return (
    <Accordion multiple variant="contained" value={open} onChange={setOpen}>
      {regions.map((region) => (
        <Accordion.Item key={region.id} value={String(region.id)}>
          <Accordion.Control>
            <Group justify="space-between" gap="xs">
              <Group gap={6}>
                <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
                  {textIn(language, region.name)}
                </Text>
                <Text size="xs" c="dimmed">
                  {region.code}
                </Text>
              </Group>
              <Counts stores={region.stores} terminals={region.terminals} />
            </Group>
          </Accordion.Control>
          <Accordion.Panel>
            {open.includes(String(region.id)) ? (
              <Stack gap="xs">
                {onAct ? (
                  <Group gap="xs">
                    <Button
                      size="compact-sm"
                      variant="light"
                      onClick={() => onAct({ kind: "store", merchantId: merchant.id, regionId: region.id })}
                    >
                      {t("newStore")}
                    </Button>
                    <Button
                      size="compact-sm"
                      variant="default"
                      onClick={() => onAct({ kind: "region", merchant, region })}
                    >
                      {t("changeRegion")}
                    </Button>
                    {region.stores === 0 ? (
                      <Button
                        size="compact-sm"
                        variant="default"
                        onClick={() =>
                          onAct({
                            kind: "delete",
                            place: { kind: "region", id: region.id, name: textIn(language, region.name) },
                          })
                        }
                      >
                        {t("delete")}
                      </Button>
                    ) : null}
                  </Group>
                ) : null}
                <StoreList query={{ region: region.id }} none={t("noStores")} />
              </Stack>
            ) : null}
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  )
}
