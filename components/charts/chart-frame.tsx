"use client"

import { Box, Button } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useState, type ReactNode } from "react"
import { SimpleTable } from "@/components/tables/simple-table"

type Props = {
  /** What the chart shows, for those who cannot see it. */
  name: string
  height: number
  /** The table twin: the first column is text, the others are numbers. */
  header: string[]
  rows: { key: string; cells: string[] }[]
  children: ReactNode
}

/** A chart and its table twin, one of them shown. */
export function ChartFrame({ name, height, header, rows, children }: Props) {
  const t = useTranslations("charts")
  const [isTable, setIsTable] = useState(false)
  return (
    <Box>
      {isTable ? (
        <Box h={height}>
          <SimpleTable
            striped
            maxHeight={height}
            head={header.map((key, i) => ({ key, ...(i === 0 ? {} : { align: "right" }) }))}
            rows={rows}
          />
        </Box>
      ) : (
        <Box h={height} role="img" aria-label={name}>
          {children}
        </Box>
      )}
      <Button
        mt="xs"
        size="compact-xs"
        variant="subtle"
        className="no-print"
        aria-pressed={isTable}
        onClick={() => setIsTable(!isTable)}
      >
        {isTable ? t("asChart") : t("asTable")}
      </Button>
    </Box>
  )
}
