"use client"

import { useTranslations } from "next-intl"
import type { ReactNode } from "react"

/** A value after its name, with the colon of the language. */
export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  const t = useTranslations("common")
  return <span>{t.rich("labelled", { label, value: () => children })}</span>
}
