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

/** The name of what was changed. Rules have names in the reader's language. */
export const subjectWith = ({ kind, name }: AuditEntry["subject"], t: Translate): string =>
  kind === "rule" && t.has(`flags.rules.${name}.name`) ? t(`flags.rules.${name}.name`) : name

export const fieldWith = (field: string, t: Translate): string =>
  t.has(`audit.fields.${field}`) ? t(`audit.fields.${field}`) : field

/** Orders names of both languages, the same on the server as in every browser. */
const alphabet = new Intl.Collator("zh")

type Values = Pick<AuditEntry, "before" | "after">

/** The fields that an entry has values of, by their names: a stored entry keeps no order. */
export const fieldsOf = ({ before, after }: Values, t: Translate): { field: string; name: string }[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .map((field) => ({ field, name: fieldWith(field, t) }))
    .toSorted((a, b) => alphabet.compare(a.name, b.name))

export const fieldsWith = (entry: AuditEntry, t: Translate): string =>
  fieldsOf(entry, t)
    .map(({ name }) => name)
    .join(t("common.comma"))
