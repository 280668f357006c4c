import { useTranslations } from "next-intl"
import { RequestFailed } from "@/lib/base/http/get-json"
import { refusalReasons } from "@/lib/fleet/terminals/life/life"

const known = [...refusalReasons, "serial_taken"] as const

/** An error as text, in the reader's language if its code is known. */
export function useErrorText(): (error: Error | null) => string | null {
  const t = useTranslations("life")
  return (error) => {
    if (error === null) return null
    const reason = known.find((word) => error instanceof RequestFailed && error.reason === word)
    return reason ? t(`refused.${reason}`) : error.message
  }
}
