import { useTranslations } from "next-intl"
import type { ReaderFormat } from "@/components/tables/columns"
import { terminalStatuses } from "@/lib/fleet/terminals/words"
import { terminalTargets } from "@/lib/intake/imports/mapping/targets"

/** Names of the fields of a file of terminals, and of their values. */
export const terminalFields = (t: ReaderFormat["t"]) => ({
  nameOf: (field: string): string => {
    const target = terminalTargets.find((one) => one === field)
    if (target === undefined) return field
    return target === "status" ? t("imports.lifeCycle") : t(`imports.targets.${target}`)
  },
  valueOf: (field: string, value: string): string => {
    const status = field === "status" ? terminalStatuses.find((one) => one === value) : undefined
    return status ? t(`terminalStatuses.${status}`) : value
  },
})

export const useTerminalFields = () => terminalFields(useTranslations())
