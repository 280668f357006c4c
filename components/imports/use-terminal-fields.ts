import { useTranslations } from "next-intl"
import { terminalStatuses } from "@/lib/fleet/terminals/words"
import { terminalTargets } from "@/lib/intake/imports/mapping/targets"

/** Names of the fields of a file of terminals, and of their values. */
export function useTerminalFields() {
  const t = useTranslations("imports")
  const tStatus = useTranslations("terminalStatuses")
  return {
    nameOf: (field: string): string => {
      const target = terminalTargets.find((one) => one === field)
      return target === undefined ? field : target === "status" ? t("lifeCycle") : t(`targets.${target}`)
    },
    valueOf: (field: string, value: string): string => {
      const status = field === "status" ? terminalStatuses.find((one) => one === value) : undefined
      return status ? tStatus(status) : value
    },
  }
}
