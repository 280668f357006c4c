import type { ReaderFormat } from "@/components/tables/columns"
import { commandId, commandName } from "@/lib/access/actor/actor"
import type { AuditEntry } from "@/lib/access/audit/schemas"

type Translate = ReaderFormat["t"]

/** The name of an actor in the reader's language. */
export const actorWith = ({ kind, id, name }: AuditEntry["by"], t: Translate): string =>
  kind === "key" ? t("audit.keyNamed", { name }) : id === commandId ? t("audit.commandLine") : name

/** The kept name of who did something, in the reader's language. */
export const personWith = (name: string, t: Translate): string =>
  name === commandName ? t("audit.commandLine") : name

export const actionWith = (action: string, t: Translate): string =>
  t.has(`audit.actions.${action}`) ? t(`audit.actions.${action}`) : action

export const fieldWith = (field: string, t: Translate): string =>
  t.has(`audit.fields.${field}`) ? t(`audit.fields.${field}`) : field

/** The fields that an entry has values of. */
export const fieldsOf = ({ before, after }: Pick<AuditEntry, "before" | "after">): string[] => [
  ...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]),
]

export const fieldsWith = (entry: AuditEntry, t: Translate): string =>
  fieldsOf(entry)
    .map((field) => fieldWith(field, t))
    .join(t("common.comma"))
