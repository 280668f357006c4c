"use client"

import { Anchor, Group, Stack, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { dayStyle } from "@/components/charts/style"
import { failuresPath } from "@/components/failures/view"
import { dayText } from "@/components/ui/day-text"
import { EmptyState } from "@/components/ui/empty-state"
import { Rate } from "@/components/ui/rate"
import { StoreName } from "@/components/ui/store-name"
import { paths } from "@/lib/base/paths"
import { datesOf, type RangeName } from "@/lib/base/time/range-names"
import { nextDay } from "@/lib/base/time/reader-day"
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
  return (
    <Stack gap="xs">
      {stores.map((store) => (
        <Group key={store.id} justify="space-between" wrap="nowrap" gap="sm">
          <Stack gap={0} miw={0}>
            <Anchor component={Link} href={paths.store(store.id)} size="sm" truncate>
              <StoreName name={store.name} />
            </Anchor>
            <Text size="xs" c="dimmed" truncate>
              {store.merchant}
            </Text>
          </Stack>
          <Anchor
            component={Link}
            href={failuresPath({
              ...datesOfStores(range, days),
              store: store.id,
              groupBy: "terminal",
            })}
          >
            <Rate failures={store.failures} attempts={store.attempts} />
          </Anchor>
        </Group>
      ))}
      <Text size="xs" c="dimmed">
        {t("worstStoresNote", { first: dateOf(days.first), last: dateOf(days.last), fewest: fewestSales })}
      </Text>
    </Stack>
  )
}

/** Stores are ranked over whole days, also for 24 hours. */
const datesOfStores = (range: RangeName, { first, last }: Overview["days"]) =>
  datesOf[range] === null ? { from: first, to: nextDay(last) } : { range }
