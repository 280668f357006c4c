"use client"

import { Group, Stack, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { CauseBadge } from "@/components/ui/badges"
import { causes } from "@/lib/fleet/code-packs/cause"
import type { FailureRatePage } from "@/lib/insight/rates/schemas"

/** The failure rate of each cause with its counts, the previous period, and who must act. */
export function CauseList({ rates }: { rates: FailureRatePage }) {
  const t = useTranslations("overview")
  const tCause = useTranslations("causes")
  const format = useFormatter()
  const percent = (value: number | null) =>
    value === null ? "—" : format.number(value, { style: "percent", maximumFractionDigits: 2 })
  const { total } = rates
  const rowOf = (cause: string) => rates.data.find(({ value }) => value === cause)
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="baseline">
        <Text fz={26} fw={700} lh={1.1}>
          {percent(total.rate)}
        </Text>
        <Text size="xs" c="dimmed" ta="right">
          {t("failedOf", { failures: total.failures, attempts: total.attempts })}
          <br />
          {t("before", { rate: percent(total.previous.rate) })}
        </Text>
      </Group>
      {causes.map((cause) => {
        const row = rowOf(cause)
        return (
          <Group key={cause} justify="space-between" wrap="nowrap" gap="xs">
            <Stack gap={0} miw={0}>
              <CauseBadge cause={cause} />
              <Text size="xs" c="dimmed" truncate>
                {tCause(`who.${cause}`)}
              </Text>
            </Stack>
            <Text size="sm" ta="right" style={{ whiteSpace: "nowrap" }}>
              {percent(row?.rate ?? null)}{" "}
              <Text span size="xs" c="dimmed">
                {format.number(row?.failures ?? 0)}
              </Text>
              <br />
              <Text span size="xs" c="dimmed">
                {t("before", { rate: percent(row?.previous.rate ?? null) })}
              </Text>
            </Text>
          </Group>
        )
      })}
      <Text size="xs" c="dimmed">
        {t("rawNote", { failures: total.raw.failures, attempts: total.raw.attempts })}
      </Text>
    </Stack>
  )
}
