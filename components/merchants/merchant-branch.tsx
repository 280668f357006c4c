"use client"

import { Accordion, Button, Group, Skeleton, Stack, Text } from "@mantine/core"
import { useInfiniteQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { Counts } from "@/components/places/counts"
import type { Act } from "@/components/places/place-action"
import { RegionBranches } from "@/components/regions/region-branches"
import { StoreList } from "@/components/stores/store-list"
import { ErrorState } from "@/components/ui/error-state"
import { useLanguage } from "@/components/ui/use-language"
import { asStored, namesIn, textIn } from "@/lib/base/names/names"
import type { Merchant } from "@/lib/fleet/merchants/schemas"
import { regionListOptions } from "@/lib/fleet/regions/queries"

/**
 * A merchant, as it is stored, with its regions and stores, which load when it is opened. `onAct` is null
 * without permission.
 */
export function MerchantBranch({
  merchant,
  isOpen,
  onAct,
}: {
  merchant: Merchant
  isOpen: boolean
  onAct: Act | null
}) {
  const language = useLanguage()
  return (
    <Accordion.Item value={String(merchant.id)}>
      <Accordion.Control>
        <Group justify="space-between" gap="xs">
          <Group gap={6}>
            <Text fw={600} style={{ overflowWrap: "anywhere" }}>
              {textIn(language, merchant.name)}
            </Text>
            <Text size="xs" c="dimmed">
              {merchant.code}
            </Text>
          </Group>
          <Counts stores={merchant.stores} terminals={merchant.terminals} />
        </Group>
      </Accordion.Control>
      <Accordion.Panel>{isOpen ? <Branches merchant={merchant} onAct={onAct} /> : null}</Accordion.Panel>
    </Accordion.Item>
  )
}

function Branches({ merchant, onAct }: { merchant: Merchant; onAct: Act | null }) {
  const t = useTranslations("places")
  const shown = namesIn(useLanguage(), merchant)
  const list = useInfiniteQuery({ ...regionListOptions({ merchant: merchant.id }), select: asStored })
  const regions = list.data?.pages.flatMap(({ data }) => data) ?? []
  const contact = [shown.contactName, shown.contactPhone, shown.contactEmail].filter(Boolean).join(" · ")
  return (
    <Stack gap="sm">
      {contact ? (
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {contact}
        </Text>
      ) : null}
      {onAct ? (
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => onAct({ kind: "store", merchantId: merchant.id, regionId: null })}
          >
            {t("newStore")}
          </Button>
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => onAct({ kind: "region", merchant, region: null })}
          >
            {t("newRegion")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => onAct({ kind: "merchant", merchant })}>
            {t("changeMerchant")}
          </Button>
          {merchant.stores === 0 && merchant.regions === 0 ? (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() =>
                onAct({ kind: "delete", place: { kind: "merchant", id: merchant.id, name: shown.name } })
              }
            >
              {t("delete")}
            </Button>
          ) : null}
        </Group>
      ) : null}
      {list.isError ? <ErrorState onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <Skeleton height={60} /> : null}
      {regions.length > 0 ? <RegionBranches regions={regions} merchant={merchant} onAct={onAct} /> : null}
      {list.hasNextPage ? (
        <Button
          size="compact-sm"
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("moreRegions")}
        </Button>
      ) : null}
      <StoreList
        query={{ merchant: merchant.id, region: "none" }}
        none={regions.length > 0 ? t("allInRegions") : t("noStores")}
      />
    </Stack>
  )
}
