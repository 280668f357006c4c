"use client"

import { useFormatter, useTranslations } from "next-intl"
import { fieldsOf } from "@/components/audit/entry-words"
import { useNamedPlaces } from "@/components/places/use-place-choices"
import { SimpleTable } from "@/components/tables/simple-table"
import { describeReach } from "@/lib/access/actor/describe-reach"
import type { NamedReach, Places, Reach } from "@/lib/access/actor/schemas"
import type { AuditEntry } from "@/lib/access/audit/schemas"

/** The messages that have the words of a field. */
const wordsOf: Record<string, string> = {
  what: "handling.steps",
  outcome: "handling.outcomes",
  role: "roles",
  status: "terminalStatuses",
  oldStatus: "terminalStatuses",
  component: "components",
  cause: "causes",
  state: "states",
  sensitivity: "handling.sensitivities",
}

type Values = NonNullable<AuditEntry["after"]>

const isInstant = (value: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)

/** The fields of an audit entry: before and after, or what was created. */
export function FieldList({ before, after }: Pick<AuditEntry, "before" | "after">) {
  const t = useTranslations("audit")
  const format = useFormatter()
  const words = useTranslations()
  const fields = fieldsOf({ before, after }, words)
  const tReach = useTranslations("reach")
  const named = useReachNames([before?.["reach"], after?.["reach"]] as (Reach | undefined)[])
  const text = (value: unknown): string => {
    if (value === null || value === undefined || value === "") return "—"
    if (typeof value === "boolean") return value ? t("yes") : t("no")
    if (typeof value === "number") return format.number(value)
    if (typeof value === "string")
      return isInstant(value)
        ? format.dateTime(new Date(value), { dateStyle: "medium", timeStyle: "short" })
        : value
    if (Array.isArray(value)) return value.length === 0 ? "—" : value.map(text).join(words("common.comma"))
    return JSON.stringify(value)
  }
  const textOf = (field: string, values: Values): string => {
    const value = values[field]
    if (typeof value === "string" && wordsOf[field] !== undefined) {
      const key = `${wordsOf[field]}.${value}`
      if (words.has(key)) return words(key)
    }
    return field === "reach" && value !== undefined
      ? describeReach(named(value as Reach), tReach)
      : text(value)
  }
  return (
    <SimpleTable
      layout="fixed"
      verticalSpacing={4}
      minWidth={300}
      head={[
        { key: "field", title: t("field") },
        ...(before ? [{ key: "before", title: t("before") }] : []),
        ...(after ? [{ key: "after", title: t("after") }] : []),
      ]}
      rows={fields.map(({ field, name }) => ({
        key: field,
        cells: [name, ...(before ? [textOf(field, before)] : []), ...(after ? [textOf(field, after)] : [])],
      }))}
    />
  )
}

/** Names the places of reaches as they are called now. Deleted places are shown by number. */
function useReachNames(reaches: readonly (Reach | undefined)[]): (reach: Reach) => NamedReach {
  const ids = (kind: keyof Places) => [...new Set(reaches.flatMap((reach) => reach?.[kind] ?? []))]
  const found = {
    merchants: useNamedPlaces("merchants", ids("merchants")),
    regions: useNamedPlaces("regions", ids("regions")),
    stores: useNamedPlaces("stores", ids("stores")),
  }
  const named = (kind: keyof Places, of: readonly number[]) =>
    of.map((id) => ({ id, name: found[kind].find((place) => place.id === id)?.name ?? `#${id}` }))
  return (reach) =>
    reach && {
      merchants: named("merchants", reach.merchants),
      regions: named("regions", reach.regions),
      stores: named("stores", reach.stores),
    }
}
