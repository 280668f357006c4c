import { useTranslations } from "next-intl"
import { RequestFailed } from "@/lib/http/get-json"
import { refusalReasons } from "@/lib/terminals/life"

/** Why something was refused, in the reader's language where the reason is a known one. */
export function useRefusal(): (error: Error | null) => string | null {
  const t = useTranslations("life")
  return (error) => {
    if (error === null) return null
    const reason = refusalReasons.find((known) => error instanceof RequestFailed && error.reason === known)
    return reason ? t(`refused.${reason}`) : error.message
  }
}
