"use client"

import { Box, Button } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useState, type ReactNode } from "react"
import { SimpleTable } from "@/components/tables/simple-table"
import { Linked } from "@/components/ui/linked"

type Props = {
  /** Description of the chart for screen readers. */
  name: string
  height: number
  /** The table: the first column is text, the others are numbers. */
  header: string[]
  rows: { key: string; cells: string[]; href?: string }[]
  children: ReactNode
}

/** Shows a chart or its table. */
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
            rows={rows.map(linked)}
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

/** A row whose first cell leads to what is behind it. */
const linked = ({ key, cells: [name, ...numbers], href }: Props["rows"][number]) => ({
  key,
  cells: [
    <Linked key="name" href={href ?? null}>
      {name}
    </Linked>,
    ...numbers,
  ],
})
