"use client"

import { Accordion, Button, Group, Skeleton, Stack } from "@mantine/core"
import { useInfiniteQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useQueryStates } from "nuqs"
import { useState } from "react"
import { MerchantBranch } from "@/components/merchants/merchant-branch"
import { PlaceDialogs } from "@/components/merchants/place-dialogs"
import { placesView } from "@/components/merchants/view"
import type { PlaceAction } from "@/components/places/place-action"
import { StoreList } from "@/components/stores/store-list"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { SearchInput } from "@/components/ui/search-input"
import { asStored } from "@/lib/base/names/names"
import { merchantListOptions } from "@/lib/fleet/merchants/queries"

const cardBorder = "var(--mantine-color-default-border)"

/** Merchants, regions and stores as a tree, with a search for merchants and stores. */
export function PlacesScreen({ mayChange }: { mayChange: boolean }) {
  const t = useTranslations("places")
  const [{ q, open }, setView] = useQueryStates(placesView)
  const [action, setAction] = useState<PlaceAction | null>(null)
  const list = useInfiniteQuery({ ...merchantListOptions(q), select: asStored })
  const merchants = list.data?.pages.flatMap(({ data }) => data) ?? []
  const add = (
    <>
      <Button size="xs" variant="default" onClick={() => setAction({ kind: "merchant", merchant: null })}>
        {t("newMerchant")}
      </Button>
      <Button size="xs" onClick={() => setAction({ kind: "store", merchantId: null, regionId: null })}>
        {t("newStore")}
      </Button>
    </>
  )
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        <Group gap="xs">
          <SearchInput
            label={t("search")}
            value={q}
            maxLength={100}
            onSearch={(text) => void setView({ q: text.trim() || null, open: null })}
          />
          {mayChange ? add : null}
        </Group>
      </PageHeader>
      {list.isError ? <ErrorState onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <Skeleton height={240} /> : null}
      {list.data && merchants.length === 0 && q === "" ? (
        <EmptyState title={t("empty")}>
          <Stack gap="sm" align="center">
            {mayChange ? t("emptyText") : t("emptyRead")}
            {mayChange ? <Group gap="xs">{add}</Group> : null}
          </Stack>
        </EmptyState>
      ) : null}
      {merchants.length > 0 ? (
        <Accordion
          multiple
          variant="separated"
          styles={{ item: { background: "var(--mantine-color-body)", borderColor: cardBorder } }}
          value={open}
          onChange={(ids) => void setView({ open: ids.length > 0 ? ids : null })}
        >
          {merchants.map((merchant) => (
            <MerchantBranch
              key={merchant.id}
              merchant={merchant}
              isOpen={open.includes(String(merchant.id))}
              onAct={mayChange ? setAction : null}
            />
          ))}
        </Accordion>
      ) : null}
      {list.hasNextPage ? (
        <Button
          size="xs"
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("moreMerchants")}
        </Button>
      ) : null}
      <StorePanel q={q} />
      <PlaceDialogs action={action} onClose={() => setAction(null)} />
    </Stack>
  )
}

/** Stores without a merchant, or the stores that a search finds. */
function StorePanel({ q }: { q: string }) {
  const t = useTranslations("places")
  return q === "" ? (
    <Panel title={t("withoutMerchant")}>
      <StoreList query={{ merchant: "none" }} none={t("allWithMerchant")} />
    </Panel>
  ) : (
    <Panel title={t("found")}>
      <StoreList query={{ q }} withPlace none={t("noMatch")} />
    </Panel>
  )
}
