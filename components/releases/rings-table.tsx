"use client"

import { Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { SimpleTable } from "@/components/tables/simple-table"
import { percentText } from "@/components/ui/percent"
import { daysText } from "@/components/ui/period"
import { rate } from "@/lib/insight/rates/rate"
import type { Change, Effect, Ring } from "@/lib/insight/rollouts/schemas"

/** The rings of a rollout with the sales before and after, and the sum of all. */
export function RingsTable({ rings, effect }: { rings: readonly Ring[]; effect: Effect }) {
  const t = useTranslations("rollout")
  const format = useFormatter()
  const nameOf = ({ label, firstOn, lastOn }: Ring) => {
    const days = daysText(format, firstOn, lastOn)
    const isLabelled = rings.some((ring) => ring.label !== null)
    return isLabelled ? t("labelled", { label: label?.slice("ring:".length) ?? t("unlabelled"), days }) : days
  }
  const sum = (of: "stores" | "terminals") => rings.reduce((total, ring) => total + ring[of], 0)
  return (
    <SimpleTable
      label={t("rings")}
      minWidth={760}
      hasRowHeads
      head={[
        { key: "ring", title: t("columns.ring") },
        { key: "stores", title: t("columns.stores"), align: "right" },
        { key: "terminals", title: t("columns.terminals"), align: "right" },
        { key: "updated", title: t("columns.updated") },
        { key: "others", title: t("columns.others") },
        { key: "ratio", title: t("columns.ratio") },
      ]}
      rows={[
        ...rings.map((ring) => ({
          key: `${ring.label} ${ring.firstOn}`,
          cells: [nameOf(ring), ring.stores, ring.terminals, ...cellsOf(ring.effect)],
        })),
        ...(rings.length > 1
          ? [{ key: "all", cells: [t("all"), sum("stores"), sum("terminals"), ...cellsOf(effect)] }]
          : []),
      ]}
    />
  )
}

const cellsOf = (effect: Effect) => [
  <BeforeAfter key="updated" change={effect.updated} />,
  <BeforeAfter key="others" change={effect.others} />,
  <Ratio key="ratio" effect={effect} />,
]

function BeforeAfter({ change: { before, after } }: { change: Change }) {
  const t = useTranslations("rollout")
  const format = useFormatter()
  return (
    <>
      <Text span display="block" size="sm">
        {t("beforeAfter", {
          before: percentText(format, rate(before.failures, before.attempts), 2),
          after: percentText(format, rate(after.failures, after.attempts), 2),
        })}
      </Text>
      <Text span display="block" size="xs" c="dimmed">
        {t("counts", {
          beforeFailures: before.failures,
          beforeAttempts: before.attempts,
          afterFailures: after.failures,
          afterAttempts: after.attempts,
        })}
      </Text>
    </>
  )
}

function Ratio({ effect: { ratio, interval } }: { effect: Effect }) {
  const t = useTranslations("rollout")
  if (ratio === null || interval === null) return t("tooFew")
  const [low, high] = interval
  return t("ratio", { ratio, low, high })
}
