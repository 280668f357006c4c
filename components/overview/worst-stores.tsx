"use client"

import { Anchor, Group, Stack, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { dayStyle } from "@/components/charts/style"
import { failuresPath } from "@/components/failures/view"
import { SimpleTable } from "@/components/tables/simple-table"
import { dayText } from "@/components/ui/day-text"
import { EmptyState } from "@/components/ui/empty-state"
import { intervalText } from "@/components/ui/percent"
import { Rate } from "@/components/ui/rate"
import { StoreName } from "@/components/ui/store-name"
import { paths } from "@/lib/base/paths"
import { datesOf, type RangeName } from "@/lib/base/time/range-names"
import type { Overview } from "@/lib/outlook/overview/schemas"
import { fewestSales } from "@/lib/outlook/overview/words"

/** The stores with the highest failure rates. */
export function WorstStores({
  overview: { worstStores: stores, days },
  range,
}: {
  overview: Overview
  range: RangeName
}) {
  const t = useTranslations("overview")
  const format = useFormatter()
  const dateOf = (day: string) => dayText(format, day, dayStyle)
  if (stores.length === 0) return <EmptyState title={t("noFailures")} />
  const ratesOf = (store: number) =>
    failuresPath({ ...datesOfStores(range, days), store, groupBy: "terminal" })
  return (
    <Stack gap="xs">
      <div className="wide-only">
        <SimpleTable
          label={t("worstStores")}
          head={[
            { key: "store", title: t("store") },
            { key: "merchant", title: t("merchant") },
            { key: "rate", title: t("rate"), align: "right" },
            { key: "interval", title: t("interval"), align: "right" },
          ]}
          rows={stores.map((store) => ({
            key: String(store.id),
            cells: [
              <Store key="store" store={store} />,
              store.merchant,
              <Anchor key="rate" component={Link} href={ratesOf(store.id)}>
                <Rate {...store} decimals={2} />
              </Anchor>,
              intervalText(format, store.interval),
            ],
          }))}
        />
      </div>
      <Stack gap="xs" className="narrow-only">
        {stores.map((store) => (
          <Group key={store.id} justify="space-between" wrap="nowrap" gap="sm">
            <Stack gap={0} miw={0}>
              <Store store={store} />
              <Text size="xs" c="dimmed" truncate>
                {store.merchant}
              </Text>
            </Stack>
            <Anchor component={Link} href={ratesOf(store.id)} style={{ flexShrink: 0 }}>
              <Rate {...store} />
            </Anchor>
          </Group>
        ))}
      </Stack>
      <Text size="xs" c="dimmed">
        {t("worstStoresNote", { first: dateOf(days.first), last: dateOf(days.last), fewest: fewestSales })}
      </Text>
    </Stack>
  )
}

const Store = ({ store }: { store: Overview["worstStores"][number] }) => (
  <Anchor component={Link} href={paths.store(store.id)} size="sm" truncate>
    <StoreName name={store.name} />
  </Anchor>
)

/** Stores are ranked over whole days, also for 24 hours. */
const datesOfStores = (range: RangeName, { first, last }: Overview["days"]) =>
  datesOf[range] === null ? { from: first, to: last } : { range }
