import { useTranslations } from "next-intl"
import { commandId } from "@/lib/access/actor/actor"
import type { AuditEntry } from "@/lib/access/audit/schemas"

/** The name of an actor in the reader's language. */
export function useActorName(): (by: AuditEntry["by"]) => string {
  const t = useTranslations("audit")
  return ({ kind, id, name }) =>
    kind === "key" ? t("keyNamed", { name }) : id === commandId ? t("commandLine") : name
}
