"use client"

import { Group, Stack, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { CauseBadge } from "@/components/ui/badges"
import { Linked } from "@/components/ui/linked"
import { percentText } from "@/components/ui/percent"
import { causes, type Cause } from "@/lib/fleet/code-packs/cause"
import type { FailureRatePage } from "@/lib/insight/rates/schemas"

/** The failure rate of each cause with its counts, the previous period, and who must act. */
export function CauseList({
  rates,
  hrefOf,
}: {
  rates: FailureRatePage
  /** Where the failed sales of a cause are, or all of them. Null for no link. */
  hrefOf: (cause: Cause | null) => string | null
}) {
  const t = useTranslations("overview")
  const tCause = useTranslations("causes")
  const format = useFormatter()
  const percent = (share: number | null) => percentText(format, share)
  const { total } = rates
  const rowOf = (cause: string) => rates.data.find(({ value }) => value === cause)
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="baseline">
        <Text span fz={26} fw={700} lh={1.1}>
          <Linked href={hrefOf(null)} isPlain>
            {percent(total.rate)}
          </Linked>
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
              <Linked href={hrefOf(cause)}>
                {percent(row?.rate ?? null)}{" "}
                <Text span size="xs">
                  {format.number(row?.failures ?? 0)}
                </Text>
              </Linked>
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
