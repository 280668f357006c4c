"use client"

import { useTranslations } from "next-intl"
import { unassignedNames } from "@/lib/access/organisation/words"

type Translate = ReturnType<typeof useTranslations>

/** A store's name. The store of terminals without a store has its name in the reader's language. */
export const storeNameWith = (name: string, t: Translate): string =>
  unassignedNames.some((known) => known === name) ? t("places.unassignedStore") : name

export function useStoreName(): (name: string) => string {
  const t = useTranslations()
  return (name) => storeNameWith(name, t)
}

export function StoreName({ name }: { name: string | null | undefined }) {
  const nameOf = useStoreName()
  return name === null || name === undefined ? null : nameOf(name)
}
