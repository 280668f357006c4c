import type { useTranslations } from "next-intl"
import type { Policy } from "@/lib/fleet/releases/schemas"

type Required = Pick<Policy, "minimumVersion" | "mostLinesBehind" | "maxAgeDays">

/** What a policy requires: at least 2.1.0, at most 2 lines behind. */
export function requirementsText(
  { minimumVersion: version, mostLinesBehind: lines, maxAgeDays: days }: Required,
  t: ReturnType<typeof useTranslations>,
): string {
  const say = (name: string, values: Record<string, string | number>) =>
    t(`catalogue.requirements.${name}`, values)
  return [
    ...(version === null ? [] : [say("minimumVersion", { version })]),
    ...(lines === null ? [] : [say("mostLinesBehind", { lines })]),
    ...(days === null ? [] : [say("maxAgeDays", { days })]),
  ].join(t("common.comma"))
}
