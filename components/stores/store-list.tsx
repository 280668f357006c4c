"use client"

import { Anchor, Badge, Button, Group, Skeleton, Stack, Text } from "@mantine/core"
import { useInfiniteQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { ErrorState } from "@/components/ui/error-state"
import { StoreName } from "@/components/ui/store-name"
import { paths } from "@/lib/base/paths"
import { storeListOptions } from "@/lib/fleet/stores/queries"
import type { Store } from "@/lib/fleet/stores/schemas"

type Props = { query: Parameters<typeof storeListOptions>[0]; withPlace?: boolean; none: string }

/** Stores by name, with a button to load more. */
export function StoreList({ query, withPlace = false, none }: Props) {
  const t = useTranslations("places")
  const list = useInfiniteQuery(storeListOptions(query))
  const stores = list.data?.pages.flatMap(({ data }) => data) ?? []
  if (list.isError) return <ErrorState onRetry={() => void list.refetch()} />
  if (list.isPending) return <Skeleton height={60} />
  return (
    <Stack gap={4}>
      {stores.length === 0 ? (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      ) : null}
      {stores.map((store) => (
        <StoreLine key={store.id} store={store} withPlace={withPlace} />
      ))}
      {list.hasNextPage ? (
        <Button
          size="compact-sm"
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("more")}
        </Button>
      ) : null}
    </Stack>
  )
}

function StoreLine({ store, withPlace }: { store: Store; withPlace: boolean }) {
  const t = useTranslations("places")
  const place = withPlace ? [store.merchant?.name, store.region?.name] : []
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" py={4}>
      <Stack gap={0} miw={0}>
        <Group gap={6}>
          <Anchor
            component={Link}
            href={paths.store(store.id)}
            size="sm"
            fw={600}
            style={{ overflowWrap: "anywhere" }}
          >
            <StoreName name={store.name} />
          </Anchor>
          <Text size="xs" c="dimmed">
            {store.isUnassigned ? null : store.code}
          </Text>
          {store.isClosed ? (
            <Badge size="sm" variant="outline" color="gray">
              {t("closedForGood")}
            </Badge>
          ) : null}
        </Group>
        <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {[...place, store.address].filter(Boolean).join(" · ")}
        </Text>
      </Stack>
      <Group gap={6} wrap="nowrap">
        {store.openFlags > 0 ? (
          <Badge variant="light" color="red">
            {t("flags", { count: store.openFlags })}
          </Badge>
        ) : null}
        <Badge variant="light" color="gray">
          {t("terminals", { count: store.terminals })}
        </Badge>
      </Group>
    </Group>
  )
}
