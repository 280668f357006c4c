"use client"

import { useTranslations } from "next-intl"
import type { Column } from "@/components/tables/columns"
import type { Component } from "@/lib/fleet/catalogue/components"

function ComponentName({ row }: { row: { component: Component } }) {
  return useTranslations("components")(row.component)
}

export const componentColumn: Column<{ component: Component }> = {
  id: "component",
  value: ({ component }) => component,
  text: ({ component }, { t }) => t(`components.${component}`),
  cell: ComponentName,
}

type Named = { modelName: string | null }

/** The model of a release. `without` is the label for no model. */
export const modelColumn = (without: "allModels" | "notKnown"): Column<Named> => ({
  id: "model",
  value: ({ modelName }) => modelName,
  text: ({ modelName }, { t }) => modelName ?? t(`catalogue.${without}`),
  cell: function Model({ row }: { row: Named }) {
    const t = useTranslations("catalogue")
    return row.modelName ?? t(without)
  },
})
