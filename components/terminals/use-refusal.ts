import { useTranslations } from "next-intl"
import { RequestFailed } from "@/lib/base/http/get-json"
import { refusalReasons } from "@/lib/fleet/terminals/life/life"

const known = [...refusalReasons, "serial_taken"] as const

/** Why something was refused, in the reader's language where the reason is a known one. */
export function useRefusal(): (error: Error | null) => string | null {
  const t = useTranslations("life")
  return (error) => {
    if (error === null) return null
    const reason = known.find((word) => error instanceof RequestFailed && error.reason === word)
    return reason ? t(`refused.${reason}`) : error.message
  }
}
