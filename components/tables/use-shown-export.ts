"use client"

import { useMutation } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import type { Column } from "@/components/tables/columns"
import { useLanguage } from "@/components/ui/use-language"
import { namesIn } from "@/lib/base/names/names"

export type ReadRows<Row> = () => Promise<{ rows: readonly Row[]; isWhole: boolean }>

function save(text: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }))
  const link = Object.assign(document.createElement("a"), { href: address, download: fileName })
  link.click()
  URL.revokeObjectURL(address)
}

/** Downloads all pages of a list as CSV, as they are shown. Returns whether the file has every row. */
export function useShownExport<Row extends object>({
  name,
  columns,
  title,
  readRows,
}: {
  name: string
  columns: readonly Column<Row>[]
  title: (id: string) => string
  readRows: ReadRows<Row>
}) {
  const language = useLanguage()
  const words = { t: useTranslations(), format: useFormatter() }
  return useMutation({
    mutationFn: async () => {
      const [{ rows, isWhole }, { shownCsv }] = await Promise.all([
        readRows(),
        import("@/components/tables/shown-csv"),
      ])
      save(shownCsv(columns, namesIn(language, rows), title, words), `${name}.csv`)
      return { count: rows.length, isWhole }
    },
  })
}
