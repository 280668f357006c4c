"use client"

import { Alert, Button, Group, SegmentedControl, Text, Title } from "@mantine/core"
import { useTranslations } from "next-intl"
import { parseAsStringLiteral, useQueryState } from "nuqs"
import { MakeHelpLinks } from "@/components/terminals/make-help-links"
import { EmptyState } from "@/components/ui/empty-state"
import { StoreName } from "@/components/ui/store-name"
import { oneOf } from "@/lib/base/one-of"
import type { TerminalLabel } from "@/lib/fleet/terminals/labels"
import { mostOnSheet } from "@/lib/fleet/terminals/words"
import classes from "@/components/terminals/label-sheets.module.css"

/** Sizes of label sheets (A4) that are sold. */
const grids = ["3x8", "2x7"] as const
const perSheet = { "3x8": 24, "2x7": 14 } as const satisfies Record<(typeof grids)[number], number>
const classOf = { "3x8": classes["threeByEight"], "2x7": classes["twoBySeven"] } as const

/** The white margin that a QR code needs, in modules. */
const quiet = 2

type Props = { labels: TerminalLabel[]; isCut: boolean; canChange: boolean }

/** Sheets of labels with QR codes that open help pages or terminals. Only the sheets are printed. */
export function LabelSheets({ labels, isCut, canChange }: Props) {
  const t = useTranslations("labelSheet")
  const [grid, setGrid] = useQueryState("grid", parseAsStringLiteral(grids).withDefault("3x8"))
  const without = labels.filter(({ hasHelpLink }) => !hasHelpLink).map(({ id }) => id)
  const sheets = Array.from({ length: Math.ceil(labels.length / perSheet[grid]) }, (_, sheet) =>
    labels.slice(sheet * perSheet[grid], (sheet + 1) * perSheet[grid]),
  )
  return (
    <main>
      <Group className="no-print" p="md" gap="sm">
        <Title order={1} size="h3">
          {t("title")}
        </Title>
        <Text size="sm" c="dimmed">
          {t("count", { count: labels.length, sheets: sheets.length })}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t("grid")}
          value={grid}
          onChange={(chosen) => void setGrid(oneOf(grids, chosen))}
          data={grids.map((value) => ({ value, label: t(`grids.${value}`) }))}
        />
        <Button size="xs" onClick={() => window.print()} disabled={labels.length === 0}>
          {t("print")}
        </Button>
        {canChange && without.length > 0 ? <MakeHelpLinks ids={without} /> : null}
        <Text size="xs" c="dimmed" w="100%">
          {t("note")} {t("helpNote")}
        </Text>
        {isCut ? (
          <Alert color="yellow" py="xs">
            {t("cut", { count: mostOnSheet })}
          </Alert>
        ) : null}
      </Group>
      {labels.length === 0 ? <EmptyState title={t("none")} /> : null}
      {sheets.map((sheet) => (
        <section key={sheet[0]?.id} className={`${classes["sheet"]} ${classOf[grid]}`}>
          {sheet.map(({ id, serial, tid, store, qr }) => (
            <div key={id} className={classes["label"]}>
              <svg
                className={classes["code"]}
                viewBox={`${-quiet} ${-quiet} ${qr.size + 2 * quiet} ${qr.size + 2 * quiet}`}
                shapeRendering="crispEdges"
                role="img"
                aria-label={t("code", { serial })}
              >
                <path d={qr.path} />
              </svg>
              <div className={classes["text"]}>
                <strong>{serial}</strong>
                {tid ? <span>TID {tid}</span> : null}
                <span>
                  <StoreName name={store} />
                </span>
              </div>
            </div>
          ))}
        </section>
      ))}
    </main>
  )
}
