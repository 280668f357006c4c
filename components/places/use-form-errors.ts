import { useTranslations } from "next-intl"
import { RequestFailed } from "@/lib/base/http/get-json"

/** The error of a form: at its field, or for the whole form. */
export type FormErrors = { at: (field: string) => string | null; whole: string | null }

export function useFormErrors(error: Error | null): FormErrors {
  const t = useTranslations("places")
  const failed = error instanceof RequestFailed ? error : null
  const known = failed?.fields.filter((field) => t.has(`wrong.${field}`)) ?? []
  const at = (field: string) =>
    known.includes(field) ? t(failed?.reason === "taken" ? `taken.${field}` : `wrong.${field}`) : null
  const reason = failed?.reason && t.has(`refused.${failed.reason}`) ? t(`refused.${failed.reason}`) : null
  return { at, whole: error && known.length === 0 ? (reason ?? error.message) : null }
}

/** The value of a text field to send: null instead of an empty text. */
export const textOrNull = (text: string): string | null => text.trim() || null
