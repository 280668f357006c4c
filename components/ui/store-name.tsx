"use client"

import { useTranslations } from "next-intl"
import { unassignedNames } from "@/lib/access/organisation/words"

/** A store's name. The store of terminals without a store has its name in the reader's language. */
export function useStoreName(): (name: string) => string {
  const t = useTranslations("places")
  return (name) => (unassignedNames.some((known) => known === name) ? t("unassignedStore") : name)
}

export function StoreName({ name }: { name: string | null | undefined }) {
  const nameOf = useStoreName()
  return name === null || name === undefined ? null : nameOf(name)
}
