import { useTranslations } from "next-intl"
import { useMissing } from "@/components/ui/use-missing"
import type { Action } from "@/lib/fleet/terminals/life/actions"

const asked: Partial<Record<Action, "store" | "tid" | "replacement" | "labels" | "purchase">> = {
  move: "store",
  tid: "tid",
  endTid: "tid",
  swap: "replacement",
  labels: "labels",
  purchase: "purchase",
}

/** Names the value that an action cannot do without. */
export function useMissingValues(action: Action, isReady: boolean): string | null {
  const t = useTranslations("life")
  const field = asked[action]
  return useMissing()([!isReady && field !== undefined && t(`fields.${field}`)])
}
