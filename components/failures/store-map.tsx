"use client"

import { Box, Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { heatOf } from "@/components/charts/prepare/heat"
import { hrefOf, nameOf } from "@/components/failures/failure-columns"
import { linkWithin, matrixQuery, type FailuresLink, type FailuresView } from "@/components/failures/view"
import { SimpleTable } from "@/components/tables/simple-table"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { Linked } from "@/components/ui/linked"
import { Panel } from "@/components/ui/panel"
import { percentText } from "@/components/ui/percent"
import { useStoreName } from "@/components/ui/store-name"
import { failureMatrixOptions } from "@/lib/insight/rates/queries"
import type { FailureMatrix } from "@/lib/insight/rates/schemas"

/** Failure rates of stores by a dimension, the highest in the warmest colour. */
export function StoreMap({ view }: { view: FailuresView }) {
  const t = useTranslations("failures")
  const query = matrixQuery(view)
  const matrix = useQuery(failureMatrixOptions(query))
  const by = t(`by.${query.groupBy}`)
  return (
    <Panel title={t("map.title", { by })}>
      {matrix.data ? (
        <Heat matrix={matrix.data} within={linkWithin(view)} />
      ) : matrix.isError ? (
        <ErrorState error={matrix.error} onRetry={() => void matrix.refetch()} />
      ) : (
        <Skeleton height={260} />
      )}
    </Panel>
  )
}

const storeWidth = 150
/** Of columns of rates, whose titles may take several lines. */
const valueWidth = 84
const strongest = 45
const warmth = (share: number) =>
  `color-mix(in srgb, var(--mantine-color-red-6) ${Math.round(share * strongest)}%, transparent)`

function Heat({ matrix, within }: { matrix: FailureMatrix; within: FailuresLink }) {
  const t = useTranslations()
  const format = useFormatter()
  const storeName = useStoreName()
  const heat = heatOf(matrix)
  const { stores, values, groupBy } = matrix
  if (stores.length === 0) return <EmptyState title={t("failures.none")}>{t("failures.noneText")}</EmptyState>
  const count = (one: { failures: number; attempts: number }) =>
    `${format.number(one.failures)} / ${format.number(one.attempts)}`
  return (
    <Stack gap="xs">
      <SimpleTable
        hasRowHeads
        label={t("failures.map.title", { by: t(`failures.by.${groupBy}`) })}
        isMatrix
        minWidth={storeWidth + valueWidth * (values.length + 1)}
        layout="fixed"
        fz="xs"
        horizontalSpacing={4}
        withRowBorders={false}
        verticalSpacing={2}
        head={[
          { key: "store", title: t("failures.by.store"), width: storeWidth },
          { key: "all", title: t("failures.map.all"), align: "right" },
          ...values.map(({ value, label }) => ({
            key: value ?? "",
            title: (
              <Linked href={hrefOf({ groupBy, value, within })}>
                {nameOf({ groupBy, value, label }, { t })}
              </Linked>
            ),
            align: "right" as const,
          })),
        ]}
        rows={stores.map((store, row) => ({
          key: String(store.id),
          cells: [
            <Linked key="store" href={hrefOf({ groupBy: "store", value: String(store.id), within })}>
              {storeName(store.name)}
            </Linked>,
            <Text key="all" size="xs" fw={600} title={count(store)} style={{ whiteSpace: "nowrap" }}>
              {percentText(format, store.rate)}
            </Text>,
            ...store.cells.map((cell, i) => (
              <Box
                key={values[i]?.value ?? ""}
                px={6}
                py={4}
                ta="right"
                bdrs="xs"
                bg={warmth(heat[row]?.[i] ?? 0)}
                title={cell ? count(cell) : ""}
              >
                <Linked
                  isPlain
                  href={
                    cell && cell.failures > 0
                      ? hrefOf({
                          groupBy,
                          value: values[i]?.value ?? null,
                          within: { ...within, store: store.id },
                        })
                      : null
                  }
                >
                  {percentText(format, cell?.rate ?? null)}
                </Linked>
              </Box>
            )),
          ],
        }))}
      />
      <Text size="xs" c="dimmed">
        {t("failures.map.text")}
      </Text>
    </Stack>
  )
}
