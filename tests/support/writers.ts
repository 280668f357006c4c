import { declarations, type Declared } from "@/tests/support/call-graph"
import type { Lack } from "@/tests/support/unasked-writes"

const permission = "lib/access/actor/permissions.ts#requirePermission"
const entry = "lib/access/audit/record-audit.ts#recordAudit"
const notes = ["noteTerminals", "noteStores", "noteModel"].map(
  (name) => `lib/fleet/changes/note-changes.ts#${name}`,
)
/** Factories that make verbs. The verbs count, not the factories. */
const makers = new Set([
  "lib/fleet/catalogue/catalogue-verbs.ts#catalogueVerbs",
  "lib/intake/ingest/record.ts#recorder",
])

const writingSql = /\binsert into\b|\bdelete from\b|\bupdate\s+(?:\w+|\$\{[^}]*\})(?:\s+\w+)?\s+set\b/
/** Master data on which online states and flags depend. */
const watchedTables = "store|terminal_(?:store|status|tid|model)|release(?:_policy)?|approval"
const watchedSql = new RegExp(
  String.raw`\b(?:insert into|delete from|update) (?:${watchedTables})\b|\binsert into terminal\b` +
    String.raw`|\bupdate terminal(?: t)? set model_id\b`,
)
const writingPrisma = /\btx\.\w+\.(?:create|update|upsert|delete)/
const isWriting = ({ text }: Declared) => writingSql.test(text) || writingPrisma.test(text)

const nounOf = (id: string) => id.split("#")[0]?.split("/").slice(0, 3).join("/")
const usedByOthers = new Set(
  [...declarations.values()].flatMap(({ id, uses }) => uses.filter((used) => nounOf(used) !== nounOf(id))),
)

/**
 * A verb: a route, or a function without a `Db` parameter that other nouns call or that takes an actor. Other
 * functions are steps of verbs.
 */
const isVerb = ({ id, isExported, parameters }: Declared) =>
  isExported &&
  parameters !== null &&
  !/\bDb\b/.test(parameters) &&
  (id.startsWith("app/") || usedByOthers.has(id) || /^\{[^}]*\bactor\b/.test(parameters)) &&
  !makers.has(id)

/** The steps of a verb and all names in them, without what other verbs do. */
function stepsOf(verb: Declared): { steps: Declared[]; named: Set<string> } {
  const named = new Set([verb.id])
  const steps = [verb]
  for (const step of steps) {
    for (const id of step.uses) {
      const next = declarations.get(id)
      if (!next || named.has(id)) continue
      named.add(id)
      if (!isVerb(next)) steps.push(next)
    }
  }
  return { steps, named }
}

export type Writer = { path: string; name: string; lacks: Lack[] }

/**
 * Every verb that writes, and code that runs when a file is loaded, with the permission, audit entry or note
 * of the change that it lacks.
 */
export const writers: Writer[] = [...declarations.values()]
  .filter((declared) => isVerb(declared) || declared.id.endsWith("#"))
  .flatMap((verb) => {
    const { steps, named } = stepsOf(verb)
    if (!steps.some(isWriting)) return []
    const lacks: Lack[] = []
    if (!named.has(permission)) lacks.push("permission")
    if (!named.has(entry)) lacks.push("audit entry")
    if (steps.some(({ text }) => watchedSql.test(text)) && !notes.some((note) => named.has(note)))
      lacks.push("note of the change")
    return [{ path: verb.path, name: verb.id.slice(verb.path.length + 1), lacks }]
  })
