"use client"

import { Anchor, Group, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { subcauseWith } from "@/components/code-tables/subcause-name"
import { causePath, failuresPath, salesPath, type FailuresLink } from "@/components/failures/view"
import type { Column, ReaderFormat } from "@/components/tables/columns"
import { CauseBadge } from "@/components/ui/badges"
import { intervalText, percentText } from "@/components/ui/percent"
import { storeNameWith } from "@/components/ui/store-name"
import { withQuery } from "@/lib/base/http/get-json"
import { paths } from "@/lib/base/paths"
import { causes } from "@/lib/fleet/code-packs/cause"
import type { FailureRatePage } from "@/lib/insight/rates/schemas"
import type { Grouping } from "@/lib/insight/rates/words"

type Rate = FailureRatePage["data"][number]
/** `within`: the period and filters of the page, which the links of a row keep. */
export type FailureRow = Rate & { groupBy: Grouping; within: FailuresLink }

type Words = { t: ReaderFormat["t"] }
type Named = Pick<FailureRow, "groupBy" | "value" | "label">

/** The cashier of `store:cashier`. */
export const cashierOf = (operator: string): string => operator.replace(/^\d+:/, "")

/** The name of a group in the reader's language. */
export function nameOf({ groupBy, value, label }: Named, { t }: Words): string {
  if (value === null) return t("failures.unnamed")
  if (groupBy === "cause") return t(`causes.${value}`)
  if (groupBy === "subcause") return subcauseWith(value, t)
  if (groupBy === "store" && label !== null) return storeNameWith(label, t)
  if (groupBy === "operator") return `${storeNameWith(label ?? "", t)} · ${cashierOf(value)}`
  if (groupBy === "entryMode" && t.has(`entryModes.${value}`)) return t(`entryModes.${value}`)
  return label ?? value
}

type Behind = (value: string, within: FailuresLink) => string | null

const ofCause: Behind = (value, within) => {
  const cause = causes.find((known) => known === value)
  return cause ? causePath(cause, within) : null
}
/** By terminal, or single sales where codes are not kept by terminal. */
const ofTerminals = (link: FailuresLink): string =>
  (link.subcause ?? link.code) === undefined
    ? failuresPath({ ...link, groupBy: "terminal" })
    : salesPath(link)

const behind: Record<Grouping, Behind> = {
  terminal: (value, { range }) => withQuery(paths.terminal(Number(value)), { range }),
  store: (store, within) => ofTerminals({ ...within, store }),
  merchant: (merchant, within) => failuresPath({ ...within, merchant, groupBy: "store" }),
  region: (region, within) => failuresPath({ ...within, region, groupBy: "store" }),
  model: (model, within) => ofTerminals({ ...within, model }),
  cause: ofCause,
  subcause: (subcause, within) => failuresPath({ ...within, subcause, groupBy: "code" }),
  code: (code, within) => salesPath({ ...within, code }),
  operator: (operator, within) => salesPath({ ...within, operator }),
  release: (release, within) => salesPath({ ...within, release }),
  acquirer: (acquirer, within) => salesPath({ ...within, acquirer }),
  issuer: (issuer, within) => salesPath({ ...within, issuer }),
  entryMode: (entryMode, within) => salesPath({ ...within, entryMode }),
}

/** Where the rows behind a group are. Null without a name. */
export const hrefOf = ({
  groupBy,
  value,
  within,
}: Pick<FailureRow, "groupBy" | "value" | "within">): string | null =>
  value === null ? null : behind[groupBy](value, within)

function Name({ row }: { row: FailureRow }) {
  const t = useTranslations()
  const href = hrefOf(row)
  const cause = row.groupBy === "cause" ? causes.find((known) => known === row.value) : undefined
  const name = cause ? <CauseBadge cause={cause} /> : nameOf(row, { t })
  return href === null ? (
    <Text size="sm">{name}</Text>
  ) : (
    <Anchor component={Link} href={href} size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
      {name}
    </Anchor>
  )
}

const Interval = ({ row: { interval } }: { row: FailureRow }) => {
  const format = useFormatter()
  return interval ? intervalText(format, interval) : "—"
}

const Percent = ({ share }: { share: number | null }) => percentText(useFormatter(), share, 2)
const Count = ({ count }: { count: number }) => useFormatter().number(count)

export const failureColumns: Column<FailureRow>[] = [
  { id: "name", value: ({ label, value }) => label ?? value, text: nameOf, cell: Name },
  {
    id: "failures",
    value: ({ failures }) => failures,
    cell: ({ row }) => <Count count={row.failures} />,
    align: "right",
  },
  {
    id: "attempts",
    value: ({ attempts }) => attempts,
    cell: ({ row }) => <Count count={row.attempts} />,
    align: "right",
  },
  {
    id: "rate",
    value: ({ rate }) => rate,
    cell: ({ row }) => <Percent share={row.rate} />,
    align: "right",
  },
  {
    id: "interval",
    value: ({ interval }) => interval?.[0] ?? null,
    text: ({ interval }, { format }) => interval && intervalText(format, interval),
    cell: Interval,
    align: "right",
  },
  {
    id: "rateBefore",
    value: ({ previous }) => previous.rate,
    cell: ({ row }) => <Percent share={row.previous.rate} />,
    align: "right",
  },
]

/** A group as a card, on narrow screens. */
export const failureCard = (row: FailureRow) => <Card row={row} />

function Card({ row }: { row: FailureRow }) {
  const t = useTranslations("overview")
  const format = useFormatter()
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
      <Name row={row} />
      <Text size="sm" ta="right" style={{ whiteSpace: "nowrap" }}>
        {percentText(format, row.rate, 2)}{" "}
        <Text span size="xs" c="dimmed">
          {format.number(row.failures)} / {format.number(row.attempts)}
          <br />
          <Interval row={row} />
          <br />
          {t("before", { rate: percentText(format, row.previous.rate, 2) })}
        </Text>
      </Text>
    </Group>
  )
}
