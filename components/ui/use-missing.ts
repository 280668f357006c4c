import { useTranslations } from "next-intl"

/** Returns a function that names the fields that must still be filled in; null if there are none. */
export function useMissing(): (fields: readonly (string | false | null)[]) => string | null {
  const t = useTranslations("common")
  return (fields) => {
    const missing = fields.filter((field) => field !== false && field !== null)
    return missing.length === 0 ? null : t("missing", { fields: missing.join(t("comma")) })
  }
}
