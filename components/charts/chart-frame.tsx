"use client"

import { Box, Button, ScrollArea, Table } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useState, type ReactNode } from "react"

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
  const align = (column: number) => (column === 0 ? "left" : "right")
  return (
    <Box>
      {isTable ? (
        <ScrollArea h={height} type="auto" tabIndex={0}>
          <Table stickyHeader striped>
            <Table.Thead>
              <Table.Tr>
                {header.map((text, column) => (
                  <Table.Th key={text} ta={align(column)}>
                    {text}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ key, cells }) => (
                <Table.Tr key={key}>
                  {cells.map((text, column) => (
                    <Table.Td key={header[column]} ta={align(column)}>
                      {text}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
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
