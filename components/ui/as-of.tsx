"use client"

import { useTranslations } from "next-intl"
import { TimeAgo } from "@/components/ui/time-ago"

/** How old the shown data is. */
export function AsOf({ at }: { at: string }) {
  const t = useTranslations("common")
  return <span>{t.rich("asOf", { time: () => <TimeAgo at={at} /> })}</span>
}
